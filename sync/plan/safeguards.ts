import type { Match, MatchOutcome } from '../model/match';
import type { Brake } from '../model/plan';
import type { TargetDefinition } from '../model/targetRecord';
import type { Draft } from './decide';
import type { Safeguards } from './settings';

export interface BrakeInput {
	drafts: readonly Draft[];
	matches: readonly Match[];
	people: number;
	/** The list holds only who changed; shares are of all, so whoever is `unjudged` counts where they would have. */
	incremental: boolean;
	/** People in the last good run; undefined when there was none. */
	lastGoodPeople: number | undefined;
	safeguards: Safeguards;
	definition: TargetDefinition;
	/** Verified domains of the tenant, as far as they are known. */
	tenantDomains: readonly string[];
}

/** The brakes, judged on the whole plan before its first write. */
export function judgeBrakes(input: BrakeInput): Brake[] {
	const { matches, definition } = input;
	const as = (wanted: MatchOutcome) => matches.filter(({ outcome }) => outcome === wanted).length;
	const unjudgedLinked = matches.filter(({ outcome, personId }) => outcome === 'unjudged' && personId !== undefined).length;
	const matched = as('matched') + unjudgedLinked;
	const managed = matched + as('orphan') + as('outOfScope');
	const unmanaged = as('unmanaged') + as('unjudged') - unjudgedLinked;
	const people = input.people + unjudgedLinked;
	const creates = input.drafts.filter(({ action }) => action === 'create').length;
	const identity = new Set(definition.fields.filter((field) => field.identity).map(({ name }) => name));
	return [
		removals(input, managed),
		sourceShrank(input),
		identityUpdates(input, matched, identity),
		creations(input, people, creates, unmanaged),
		pairing(input, creates),
	];
}

function removals({ drafts, safeguards }: BrakeInput, managed: number): Brake {
	const count = drafts.filter(({ action }) => action === 'delete' || action === 'deactivate').length;
	const { maxRemovals, maxRemovalsPercent, percentFrom } = safeguards;
	const share = managed >= percentFrom ? (managed * maxRemovalsPercent) / 100 : Infinity;
	const limit = Math.min(maxRemovals, Math.floor(share));
	return {
		code: 'removals',
		tripped: count > limit,
		measured: count,
		limit,
		text: `${count} of ${managed} linked contacts would be removed or marked as left; at most ${maxRemovals} or ${maxRemovalsPercent} % (here ${limit}) may be in one plan.`,
	};
}

function sourceShrank({ people, incremental, lastGoodPeople, safeguards }: BrakeInput): Brake {
	if (incremental) return { code: 'sourceShrank', tripped: false, measured: 0, limit: 0, text: 'Only the people who changed were read: whether the source shrank is judged when all of them are.' };
	const { maxSourceDropPercent, minSourceDrop } = safeguards;
	if (people === 0) {
		return { code: 'sourceShrank', tripped: true, measured: 0, limit: 1, text: 'The source list is empty: Microsoft 365 gave nobody at all.' };
	}
	const last = lastGoodPeople ?? 0;
	const drop = Math.max(0, last - people);
	const limit = Math.max(minSourceDrop, Math.ceil((last * maxSourceDropPercent) / 100));
	return {
		code: 'sourceShrank',
		tripped: last > 0 && drop >= limit,
		measured: drop,
		limit,
		text: `The source list has ${people} people, ${drop} fewer than the ${last} of the last good run; ${maxSourceDropPercent} % and at least ${minSourceDrop} people fewer (here ${limit}) stop the plan.`,
	};
}

function identityUpdates({ drafts, safeguards }: BrakeInput, matched: number, identity: Set<string>): Brake {
	const count = drafts.filter(({ action, fields }) => action === 'update' && fields.some(({ field }) => identity.has(field))).length;
	const { maxIdentityUpdatesPercent, percentFrom } = safeguards;
	const limit = matched >= percentFrom ? Math.floor((matched * maxIdentityUpdatesPercent) / 100) : Infinity;
	return {
		code: 'identityUpdates',
		tripped: count > limit,
		measured: count,
		limit: Number.isFinite(limit) ? limit : matched,
		text: `${count} of ${matched} matched contacts would get another name or e-mail address; at most ${maxIdentityUpdatesPercent} % may in one plan, counted from ${percentFrom} contacts upwards.`,
	};
}

function creations({ safeguards }: BrakeInput, people: number, creates: number, unmanaged: number): Brake {
	const { maxCreates, maxCreatesPercent } = safeguards;
	const limit = Math.max(maxCreates, Math.floor((people * maxCreatesPercent) / 100));
	return {
		code: 'creates',
		tripped: unmanaged > 0 && creates > limit,
		measured: creates,
		limit,
		text: `${creates} contacts would be created while ${unmanaged} existing contacts match nobody; at most ${maxCreates} or ${maxCreatesPercent} % of the people (here ${limit}) may be created before those are looked at.`,
	};
}

/** From so many contacts with an address on their domains are evidence. */
const EVIDENCE = 2;

/**
 * A pairing that has no link yet is believed only while its contacts do not speak against it: when most of those
 * with an address are in none of the tenant's domains, this may be another company.
 */
function pairing({ matches, tenantDomains }: BrakeInput, creates: number): Brake {
	const own = new Set(tenantDomains.map((domain) => domain.toLowerCase()));
	let linked = false;
	let withAddress = 0;
	let foreign = 0;
	for (const { person, rule } of matches) {
		if (rule === 'link') linked = true;
		const domain = domainOf(person?.email);
		if (domain && person?.userType !== 'Guest') own.add(domain);
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
		text: `${foreign} of the ${withAddress} contacts with an e-mail address are in none of this tenant's domains, and nobody was ever linked here: this may be the wrong customer for this tenant.`,
	};
}

function domainOf(email: unknown): string {
	return typeof email === 'string' ? email.slice(email.lastIndexOf('@') + 1).trim().toLowerCase() : '';
}
