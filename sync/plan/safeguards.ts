import type { Match, MatchOutcome } from '../model/match';
import type { Brake } from '../model/plan';
import type { TargetDefinition } from '../model/targetDefinition';
import type { Draft } from './decide';
import { clearedLicences } from './clearedBrake';
import { heldValue, type MappedField } from './difference';
import type { Safeguards } from './settings';

export interface BrakeInput {
	drafts: readonly Draft[];
	matches: readonly Match[];
	sources: number;
	/** The list holds only what changed; shares are of all, so what is `unjudged` counts where it would have. */
	incremental: boolean;
	/** Source records in the last good run; undefined when there was none. */
	lastGoodCount: number | undefined;
	safeguards: Safeguards;
	definition: TargetDefinition;
	mapping: readonly MappedField[];
	/** Verified domains of the tenant, as far as they are known. */
	tenantDomains: readonly string[];
}

/** The brakes that the target has, judged on the whole plan before its first write. */
export function judgeBrakes(input: BrakeInput): Brake[] {
	const { matches, definition } = input;
	const as = (wanted: MatchOutcome) => matches.filter(({ outcome }) => outcome === wanted).length;
	const unjudgedLinked = matches.filter(({ outcome, sourceId }) => outcome === 'unjudged' && sourceId !== undefined).length;
	const matched = as('matched') + unjudgedLinked;
	const managed = matched + as('orphan') + as('outOfScope');
	const unmanaged = as('unmanaged') + as('unjudged') - unjudgedLinked;
	const sources = input.sources + unjudgedLinked;
	const creates = input.drafts.filter(({ action }) => action === 'create').length;
	const brakes = [
		removals(input, managed),
		sourceShrank(input),
		identityUpdates(input, matched),
		creations(input, sources, creates, unmanaged),
		pairing(input, creates),
		billedChanges(input),
		clearedLicences(input.drafts, matches, input.mapping, input.safeguards, definition),
	];
	return brakes.filter(({ code }) => definition.brakes.includes(code));
}

function removals({ drafts, safeguards, definition: { nouns } }: BrakeInput, managed: number): Brake {
	const count = drafts.filter(({ action }) => action === 'delete' || action === 'deactivate').length;
	const { maxRemovals, maxRemovalsPercent, percentFrom } = safeguards;
	const share = managed >= percentFrom ? (managed * maxRemovalsPercent) / 100 : Infinity;
	const limit = Math.min(maxRemovals, Math.floor(share));
	return {
		code: 'removals',
		tripped: count > limit,
		measured: count,
		limit,
		text: `${count} of ${managed} linked ${nouns.records} would be removed or marked as left; at most ${maxRemovals} or ${maxRemovalsPercent} % (here ${limit}) may be in one plan.`,
	};
}

function sourceShrank({ sources, incremental, lastGoodCount, safeguards, definition: { nouns } }: BrakeInput): Brake {
	if (incremental) return { code: 'sourceShrank', tripped: false, measured: 0, limit: 0, text: `Only the ${nouns.sources} that changed were read: whether the source shrank is judged when all of them are.` };
	const { maxSourceDropPercent, minSourceDrop } = safeguards;
	if (sources === 0) {
		return { code: 'sourceShrank', tripped: true, measured: 0, limit: 1, text: `The source list is empty: Microsoft 365 gave no ${nouns.sources} at all.` };
	}
	const last = lastGoodCount ?? 0;
	const drop = Math.max(0, last - sources);
	const limit = Math.max(minSourceDrop, Math.ceil((last * maxSourceDropPercent) / 100));
	return {
		code: 'sourceShrank',
		tripped: last > 0 && drop >= limit,
		measured: drop,
		limit,
		text: `The source list has ${sources} ${nouns.sources}, ${drop} fewer than the ${last} of the last good run; ${maxSourceDropPercent} % and at least ${minSourceDrop} ${nouns.sources} fewer (here ${limit}) stop the plan.`,
	};
}

function identityUpdates({ drafts, safeguards, definition }: BrakeInput, matched: number): Brake {
	const { nouns } = definition;
	const count = drafts.filter(({ action, fields }) => action === 'update' && fields.some(({ field }) => definition.field(field)?.identity)).length;
	const { maxIdentityUpdatesPercent, percentFrom } = safeguards;
	const limit = matched >= percentFrom ? Math.floor((matched * maxIdentityUpdatesPercent) / 100) : Infinity;
	return {
		code: 'identityUpdates',
		tripped: count > limit,
		measured: count,
		limit: Number.isFinite(limit) ? limit : matched,
		text: `${count} of ${matched} matched ${nouns.records} would get another name or e-mail address; at most ${maxIdentityUpdatesPercent} % may in one plan, counted from ${percentFrom} ${nouns.records} upwards.`,
	};
}

function creations({ safeguards, definition: { nouns, newAtOnce } }: BrakeInput, sources: number, creates: number, unmanaged: number): Brake {
	const { maxCreates, maxCreatesPercent } = safeguards;
	const limit = Math.max(maxCreates, Math.floor((sources * maxCreatesPercent) / 100));
	if (newAtOnce !== undefined) {
		const text = `${creates} ${nouns.records} would be created, and each calls somebody to work; at most ${limit} may be created in one plan before somebody looked at them.`;
		return { code: 'creates', tripped: creates > limit, measured: creates, limit, text };
	}
	return {
		code: 'creates',
		tripped: unmanaged > 0 && creates > limit,
		measured: creates,
		limit,
		text: `${creates} ${nouns.records} would be created while ${unmanaged} existing ${nouns.records} match nothing; at most ${maxCreates} or ${maxCreatesPercent} % of the ${nouns.sources} (here ${limit}) may be created before those are looked at.`,
	};
}

/** From so many contacts with an address on their domains are evidence. */
const EVIDENCE = 2;

/**
 * A pairing that has no link yet is believed only while its records do not speak against it: when most of those
 * with an address are in none of the tenant's domains, this may be another company.
 */
function pairing({ matches, tenantDomains, definition: { nouns } }: BrakeInput, creates: number): Brake {
	const own = new Set(tenantDomains.map((domain) => domain.toLowerCase()));
	let linked = false;
	let withAddress = 0;
	let foreign = 0;
	for (const { source, rule } of matches) {
		if (rule === 'link') linked = true;
		const domain = domainOf(source?.email);
		if (domain && source?.userType !== 'Guest') own.add(domain);
	}
	for (const { record } of matches) {
		const domain = domainOf(record?.email);
		if (!domain) continue;
		withAddress++;
		if (!own.has(domain)) foreign++;
	}
	return {
		code: 'pairing',
		tripped: !linked && creates > 0 && withAddress >= EVIDENCE && foreign * 2 > withAddress,
		measured: foreign,
		limit: Math.floor(withAddress / 2),
		text: `${foreign} of the ${withAddress} ${nouns.records} with an e-mail address are in none of this tenant's domains, and nothing was ever linked here: this may be the wrong customer for this tenant.`,
	};
}

function domainOf(email: unknown): string {
	return typeof email === 'string' ? email.slice(email.lastIndexOf('@') + 1).trim().toLowerCase() : '';
}

/** Quantities that are billed: one that jumps, or all of them falling to nothing, is looked at before it reaches an invoice. */
function billedChanges({ drafts, matches, safeguards, definition }: BrakeInput): Brake {
	const { records } = definition.nouns;
	const { maxBilledChangePercent, minBilledChange } = safeguards;
	const billed = definition.fields.filter((field) => field.billed);
	const changes = drafts.flatMap(({ label, recordId, fields }) =>
		fields.filter(({ field }) => billed.some(({ name }) => name === field)).map(({ before, after }) => ({ label, recordId, before: Number(before ?? 0), after: Number(after ?? 0) })),
	);
	const jumps = changes.filter(({ before, after }) => {
		const moved = Math.abs(after - before);
		return moved > minBilledChange && moved * 100 > Math.abs(before) * maxBilledChangePercent;
	});
	const changed = new Set(changes.map(({ recordId }) => recordId));
	const kept = matches.filter(({ outcome, record }) => outcome === 'matched' && !changed.has(record!.id)).some(({ record }) => billed.some(({ name }) => Number(heldValue(record!, name) ?? 0) !== 0));
	const nothing = !kept && changes.some(({ before }) => before !== 0) && changes.every(({ after }) => after === 0);
	const told = jumps.slice(0, 5).map(({ label, before, after }) => `${label}: ${before} → ${after}`).join('; ');
	return {
		code: 'billedChanges',
		tripped: jumps.length > 0 || nothing,
		measured: nothing ? changes.length : jumps.length,
		limit: 0,
		text: nothing
			? `Nothing would be billed any more: the quantities of all ${changes.length} ${records} that are kept up to date would fall to 0.`
			: `${jumps.length} of ${changes.length} quantities would move by more than ${maxBilledChangePercent} % and more than ${minBilledChange}${told === '' ? '' : ` (${told}${jumps.length > 5 ? '; …' : ''})`}.`,
	};
}
