import type { IPollFunctions } from 'n8n-workflow';
import type { Changed, DirectoryRecord } from '../../sync/model/sourceChange';
import { SyncError } from '../../sync/model/syncError';
import { changesSince, latestToken } from '../../sync/source/graph/delta/changes';
import { tenantGuidOf } from '../../sync/source/graph/read/organization';
import type { EntraApp } from '../../sync/source/graph/signIn/entraApp';
import type { GraphClient } from '../../sync/source/graph/transport/client';
import { keepSubscription } from '../../sync/source/graph/watch/subscriptions';
import { memoryOf, told, type Memory } from './memory';
import { clientStateOf, connect, triggerKey, type Watch } from './settings';

const MINUTE = 60_000;
/** A deleted object can be restored for 30 days. */
const RESTORABLE = 31 * 24 * 60 * MINUTE;
/** The subscription is looked at so often, not at every poll: listing is limited more than other requests (contract: D1). */
const SUBSCRIPTION_CHECKED_EVERY = 10 * MINUTE;
/** A delta round may learn of a change many minutes after its notification came (contract: B3.12). */
const REMEMBERED = 60 * MINUTE;

/** The item that says that changes were lost: nobody knows which. */
export interface StartOver {
	kind: 'startOver';
	tenantId: string;
	resource: string;
	note: string;
}

/** What changed since the last poll, without what notifications have told already. */
export async function changesRound(context: IPollFunctions, watch: Watch): Promise<Array<Changed<DirectoryRecord> | StartOver>> {
	const { client, app } = await connect(context, { budgetSeconds: context.getPollBudgetMs() / 1000 });
	const memory = memoryOf(context);
	const trouble = watch.byNotifications ? await troubleWithSubscription(context, watch, client, app, memory) : undefined;
	const { changes, startOver } = await changesSinceLast(client, watch, memory);
	const news = newsAmong(changes, watch, triggerKey(context));
	const items = startOver ? [startOver, ...news] : news;
	// The next poll meets the same trouble again; what changed must not wait for that.
	if (trouble !== undefined && items.length === 0) throw trouble;
	return items;
}

async function changesSinceLast(client: GraphClient, watch: Watch, memory: Memory): Promise<{ changes: Array<Changed<DirectoryRecord>>; startOver?: StartOver }> {
	const { resource, source, properties } = watch;
	const of = JSON.stringify([client.clientId, client.tenant, resource, [...properties].sort()]);
	const begin = async (): Promise<void> => {
		const link = await latestToken(client, source, properties);
		Object.assign(memory, { of, link, softDeleted: {} });
	};
	if (memory.of !== of || memory.link === undefined) {
		await begin();
		return { changes: [] };
	}
	const round = await changesSince(client, source, properties, memory.link, new Set(Object.keys(memory.softDeleted ?? {})));
	if (round.startOver) {
		await begin();
		const note = `Microsoft Graph no longer knows where this trigger stopped, so changes of ${resource} may have been lost. From now on they are told again. Read the whole list once to catch up.`;
		return { changes: [], startOver: { kind: 'startOver', tenantId: await tenantGuidOf(client), resource, note } };
	}
	memory.softDeleted = restorable(memory.softDeleted ?? {}, round, Date.now());
	memory.link = round.link;
	return { changes: round.changes };
}

function restorable(before: Record<string, string>, round: { softDeleted: string[]; noLongerSoftDeleted: string[] }, now: number): Record<string, string> {
	const after = { ...before };
	for (const id of round.softDeleted) after[id] = new Date(now).toISOString();
	for (const id of round.noLongerSoftDeleted) delete after[id];
	return Object.fromEntries(Object.entries(after).filter(([, day]) => Date.parse(day) > now - RESTORABLE));
}

/** The kinds of change that are asked for. By notifications: without those that one of them told in just the same way. */
function newsAmong(changes: ReadonlyArray<Changed<DirectoryRecord>>, watch: Watch, trigger: string): Array<Changed<DirectoryRecord>> {
	const wanted = changes.filter(({ change }) => watch.changes.includes(change));
	if (!watch.byNotifications) return wanted;
	told.forgetBefore(trigger, Date.now() - REMEMBERED);
	const news = wanted.filter((record) => !told.has(trigger, record));
	// Not noted: where n8n cannot start the workflow, it polls again, and the same has to come again.
	for (const { id } of news) told.forget(trigger, id);
	return news;
}

/** Renews the subscription, or makes it anew where it vanished. @returns what went wrong */
async function troubleWithSubscription(context: IPollFunctions, { resource }: Watch, client: GraphClient, app: EntraApp, memory: Memory): Promise<unknown> {
	const now = Date.now();
	if (now - (memory.subscriptionSeen ?? 0) < SUBSCRIPTION_CHECKED_EVERY) return undefined;
	try {
		if (memory.address === undefined) throw addressForgotten();
		await keepSubscription(client, { resource, address: memory.address, clientState: clientStateOf(context, app) });
		memory.subscriptionSeen = now;
		return undefined;
	} catch (error) {
		return error;
	}
}

function addressForgotten(): SyncError {
	return new SyncError('The trigger does not know where Microsoft is to send its notifications.', {
		class: 'configuration',
		code: 'trigger.noAddress',
		remedy: 'Unpublish the workflow and publish it again: n8n then tells the trigger its address.',
	});
}
