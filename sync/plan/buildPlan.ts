import type { Change, PlanMode } from '../model/change';
import type { KnownInvitation } from '../model/invitation';
import type { Match } from '../model/match';
import type { Pairing } from '../model/pairing';
import { planIdOf } from '../model/planId';
import type { Brake, Held, Plan, PlanCounts, Skipped } from '../model/plan';
import type { TargetDefinition } from '../model/targetDefinition';
import { collisionsOf } from './collisions';
import { decide, type Draft } from './decide';
import { compileMapping } from './difference';
import { capInvitations, invitationsOf } from './invitations';
import { judgeBrakes } from './safeguards';
import type { PlanSettings } from './settings';

export interface PlanInput {
	pairing: Pairing;
	/** All matches of the pairing, as `matchRecords` gives them. */
	matches: readonly Match[];
	definition: TargetDefinition;
	settings: PlanSettings;
	mode: PlanMode;
	/** Milliseconds; for what counts days. Default: now. */
	now?: number;
	/** The source list held only what changed: the matches say so of everything else by `unjudged`. */
	incremental?: boolean;
	/** Source records in the last good run of the pairing; undefined when there was none. */
	lastGoodCount?: number;
	/** Verified domains of the tenant, where they are known. */
	tenantDomains?: readonly string[];
	/** Of the target account, where the target invites by mail. */
	knownInvitations?: readonly KnownInvitation[];
	/** For a plan that a brake holds: the id under which it can be allowed now, and whether somebody did. */
	decision?(idOfUse: (use: number) => string): Promise<{ planId: string; allowed: boolean }>;
}

/**
 * Compares what the target holds with what it should hold and judges the result. Nothing is written. Every
 * match ends in exactly one of: a change, something held, something skipped, unchanged, unmanaged, unjudged. When a
 * brake trips, the whole plan is held: all its changes are in `held` and none in `changes`.
 *
 * @throws SyncError class `input` for a mapping that does not fit the target
 */
export async function buildPlan(input: PlanInput): Promise<Plan> {
	const { matches, definition, settings, pairing, mode } = input;
	const invitations = invitationsOf(settings.invitations, input.knownInvitations ?? [], pairing);
	const context = { invitations, mapping: compileMapping(settings.mapping, definition), policies: settings.policies, definition, activity: { ...settings.activity, now: input.now ?? Date.now() } };
	let drafts: Draft[] = [];
	const held: Array<Omit<Held, 'planId'>> = [];
	const skipped: Skipped[] = [];
	let unchanged = 0;
	let unmanaged = 0;
	for (const match of matches) {
		const decision = decide(match, context);
		if (decision.kind === 'change') drafts.push(decision.change);
		else if (decision.kind === 'held') held.push({ kind: 'held', scope: 'record', ...decision.held, pairing });
		else if (decision.kind === 'skipped') skipped.push(decision.skipped);
		else if (decision.kind === 'unchanged') unchanged++;
		else if (decision.kind === 'unmanaged') unmanaged++;
	}

	const collisions = collisionsOf(drafts, matches, definition);
	if (collisions.size > 0) {
		for (const [draft, address] of collisions) held.push(heldForCollision(pairing, draft, address, definition));
		drafts = drafts.filter((draft) => !collisions.has(draft));
	}

	const capped = capInvitations(drafts, invitations, definition);
	drafts = capped.drafts;
	for (const one of capped.waiting) skipped.push(one);

	const sources = matches.filter(({ source }) => source !== undefined).length;
	const brakes = judgeBrakes({ drafts, matches, sources, incremental: input.incremental ?? false, lastGoodCount: input.lastGoodCount, safeguards: settings.safeguards, definition, mapping: context.mapping, tenantDomains: input.tenantDomains ?? [] });
	const idOfUse = (use: number) => planIdOf('plan', pairing, drafts, use);
	const counts: PlanCounts = {
		sources,
		records: countRecords(matches),
		...countActions(drafts),
		unchanged,
		skipped: skipped.length,
		held: held.length,
		unmanaged,
	};
	const tripped = brakes.filter((brake) => brake.tripped);
	const { planId, allowed } = (tripped.length > 0 && (await input.decision?.(idOfUse))) || { planId: idOfUse(1), allowed: false };
	const verdict = tripped.length === 0 ? 'ok' : allowed ? 'allowed' : 'held';
	if (verdict === 'held') {
		held.unshift(...tripped.map((brake) => heldByBrake(pairing, brake, planId)));
		// One by one: a hundred thousand arguments to one call are more than the stack holds.
		for (const draft of drafts) held.push(heldWithPlan(pairing, draft));
		drafts = [];
	}
	return {
		planId,
		mode,
		listMode: input.incremental ? 'incremental' : 'reconcile',
		pairing,
		verdict,
		changes: drafts.map((draft): Change => ({ kind: 'change', ...draft, mode, planId, pairing })),
		held: held.map((one) => ({ ...one, planId })),
		skipped,
		brakes,
		counts,
	};
}

function countActions(drafts: readonly Draft[]): Pick<PlanCounts, 'create' | 'update' | 'link' | 'deactivate' | 'delete'> {
	const counts = { create: 0, update: 0, link: 0, deactivate: 0, delete: 0 };
	for (const { action } of drafts) counts[action]++;
	return counts;
}

function countRecords(matches: readonly Match[]): number {
	const ids = new Set<string>();
	for (const { record, candidates } of matches) {
		if (record) ids.add(record.id);
		else for (const { id } of candidates ?? []) ids.add(id);
	}
	return ids.size;
}

const SETTING_OF: Record<Brake['code'], string> = {
	removals: 'Removals',
	sourceShrank: 'Source Shrinks',
	identityUpdates: 'Name and E-Mail Updates',
	creates: 'Creations',
	pairing: '',
	billedChanges: 'Quantity Changes',
	clearedLicences: 'Lost Licences',
};

function heldByBrake(pairing: Pairing, { code, text }: Brake, planId: string): Omit<Held, 'planId'> {
	const setting = SETTING_OF[code];
	return {
		kind: 'held',
		scope: 'plan',
		code,
		reason: text,
		whatToDo:
			`Look at the changes. If they are right, put ${planId} into "Allow Held Plan" of the Sync Plan node and execute the workflow again within 24 hours: ` +
			`exactly this plan is then carried out, once.${setting ? ` If such plans are normal for you, raise "${setting}" under Safeguards.` : ' If the customer is wrong, correct it and run again.'}`,
		pairing,
	};
}

function heldWithPlan(pairing: Pairing, draft: Draft): Omit<Held, 'planId'> {
	return {
		kind: 'held',
		scope: 'record',
		code: 'planHeld',
		label: draft.label,
		action: draft.action,
		reason: draft.reason,
		whatToDo: 'This change waits with the whole plan.',
		fields: draft.fields,
		...(draft.consequence === undefined ? {} : { consequence: draft.consequence }),
		sourceId: draft.sourceId,
		recordId: draft.recordId,
		pairing,
	};
}

function heldForCollision(pairing: Pairing, draft: Draft, value: string, { nouns, uniqueField, field }: TargetDefinition): Omit<Held, 'planId'> {
	const what = uniqueField === 'email' ? 'e-mail address' : field(uniqueField!)!.label;
	return {
		kind: 'held',
		scope: 'record',
		code: uniqueField === 'email' ? 'emailTaken' : 'valueTaken',
		label: draft.label,
		action: draft.action,
		reason: `${draft.label} would get the ${what} ${value}, which another ${nouns.record} of this customer has or would get as well.`,
		whatToDo: `Give one of the two another ${what}, in Microsoft 365 or in the target. Nothing is written while it is not unique.`,
		fields: draft.fields,
		sourceId: draft.sourceId,
		recordId: draft.recordId,
		pairing,
	};
}
