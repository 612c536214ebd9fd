import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import type { PaceState } from '../../sync/http/requestsPerMinute';
import { SyncroClient, type SyncroSettings } from '../../sync/target/syncro/client';
import { knownPace, openLedger } from './ledger';

export const SYNCRO_CREDENTIAL = 'syncroTokenApi';

/** In queue mode there are several processes, nobody knows how many: each keeps to such a part until they share a store. */
const QUEUE_PROCESSES = 4;

/** For operations that do not need the ledger. Those that do share the pace anyway. */
export function sharePaceParameter(operations: readonly string[]): INodeProperties {
	return {
		displayName: 'Share the Pace Through the Ledger',
		name: 'sharePace',
		type: 'boolean',
		default: false,
		description:
			'Whether this node opens the Sync Ledger to keep the limit of Syncro together with all workers. For queue mode, with a ledger in PostgreSQL. Not needed where the workflow uses the Sync Ledger before this node.',
		displayOptions: { show: { operation: [...operations] } },
	};
}

/**
 * A client for the account of the node's Syncro credential. It keeps the limit together with all other workflows, and
 * with the other processes of this n8n as soon as a node of this one has opened a PostgreSQL ledger.
 *
 * @throws SyncError class `configuration` for an unusable subdomain, address or token
 */
export async function connectSyncro(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex = 0, environment = process.env): Promise<SyncroClient> {
	const settings = syncroSettings(await context.getCredentials(SYNCRO_CREDENTIAL, itemIndex));
	if (sharesPace(context, itemIndex)) await joinPace(context, itemIndex);
	const processes = environment.EXECUTIONS_MODE === 'queue' ? QUEUE_PROCESSES : 1;
	return new SyncroClient({ ...settings, pace: { sharedPace: knownPace, processes }, onPace: (state) => hintAtPace(context, state) });
}

/** What the fields of the credential mean. */
export function syncroSettings(credential: IDataObject): SyncroSettings {
	const override = text(credential.addressOverride);
	const ca = text(credential.ca);
	const perMinute = Number(credential.requestsPerMinute);
	return {
		subdomain: text(credential.subdomain),
		token: text(credential.apiToken),
		...(override === '' ? {} : { addressOverride: override }),
		...(override === '' || ca === '' ? {} : { caCertificates: ca }),
		...(perMinute >= 1 ? { requestsPerMinute: perMinute } : {}),
	};
}

function sharesPace(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex: number): boolean {
	const chosen = 'getCurrentNodeParameter' in context ? context.getCurrentNodeParameter('sharePace') : (context as IExecuteFunctions).getNodeParameter('sharePace', itemIndex, false);
	return chosen === true;
}

/** A ledger that can't be opened is no reason to fail: nothing but the pace depends on it here. */
async function joinPace(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex: number): Promise<void> {
	try {
		await openLedger(context, itemIndex);
	} catch (error) {
		hintOnce(context, `The Sync Ledger could not be opened to share the pace of requests to Syncro with other workers. ${reasonOf(error)}`);
	}
}

function hintAtPace(context: IExecuteFunctions | ILoadOptionsFunctions, state: PaceState): void {
	if (state.kind === 'part') {
		hintOnce(
			context,
			`This n8n runs in queue mode, and this worker does not know what the others send to Syncro, so it keeps to 1/${state.processes} of Requests per Minute. Keep the Sync Ledger in PostgreSQL, and begin the workflow with a Sync Ledger node or turn on "Share the Pace Through the Ledger" here.`,
		);
	}
	if (state.kind === 'unreachable') {
		const part = state.processes === 1 ? 'keeps to Requests per Minute by itself' : `keeps to 1/${state.processes} of Requests per Minute`;
		hintOnce(context, `The pace of requests to Syncro is not shared with other workers at the moment; this one ${part}. ${reasonOf(state.reason)}`);
	}
}

/** Executions that were told; one hint about the pace is enough. */
const told = new WeakSet<object>();

function hintOnce(context: IExecuteFunctions | ILoadOptionsFunctions, message: string): void {
	if (!('addExecutionHints' in context) || told.has(context)) return;
	told.add(context);
	context.addExecutionHints({ message: message.trim(), type: 'warning', location: 'outputPane' });
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : '';
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
