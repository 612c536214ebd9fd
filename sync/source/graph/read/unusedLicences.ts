import type { HeldLicence, LicensedPerson } from '../../../model/licence';
import type { UnknownUse, UnusedLicence, UnusedLicencesSummary } from '../../../model/unusedLicence';
import type { PersonActivity } from './personActivity';

const DAY_MS = 86_400_000;

/** What is known about use in a tenant. */
export interface KnownUse {
	/** Undefined: the reports could not be read. */
	activity?: PersonActivity;
	/** Last sign-ins by object id, ISO 8601; undefined: not read. */
	signIns?: ReadonlyMap<string, string>;
	/** What was left out, for the summary. */
	leftOut?: ReadonlyArray<{ message: string; remedy: string }>;
}

export interface UnusedRequest {
	tenantId: string;
	/** Without activity in so many days. */
	days: number;
	/** Milliseconds; for the age of accounts and licences. */
	now: number;
}

type Verdict = { use: 'used' } | { use: 'unused'; why: UnusedLicence['why'] } | { use: 'unknown'; because: UnknownUse };

/**
 * Judges the licences of a tenant. A disabled account uses none; an enabled one is inactive only where its use is
 * known: what is not known is counted with its reason and never listed.
 */
export function unusedLicences(people: Iterable<LicensedPerson>, use: KnownUse, request: UnusedRequest): { unused: UnusedLicence[]; summary: UnusedLicencesSummary } {
	const unused: UnusedLicence[] = [];
	const summary: UnusedLicencesSummary = {
		kind: 'unusedLicencesSummary',
		tenantId: request.tenantId,
		days: request.days,
		asOf: use.activity?.asOf ?? null,
		assigned: 0,
		unused: 0,
		disabled: 0,
		inactive: 0,
		used: 0,
		unknown: 0,
		unknownBecause: {},
		leftOut: [...(use.leftOut ?? [])],
	};
	for (const person of people) {
		const last = lastActivityOf(person, use);
		for (const licence of person.licences) {
			summary.assigned++;
			const verdict = judge(person, licence, last, use, request);
			if (verdict.use === 'used') summary.used++;
			else if (verdict.use === 'unknown') {
				summary.unknown++;
				summary.unknownBecause[verdict.because] = (summary.unknownBecause[verdict.because] ?? 0) + 1;
			} else {
				summary.unused++;
				summary[verdict.why]++;
				unused.push(unusedLicence(person, licence, verdict.why, last, use));
			}
		}
	}
	return { unused, summary };
}

/** The newest of reports and sign-ins; null: none in the reports' days; undefined: not known. */
function lastActivityOf(person: LicensedPerson, { activity, signIns }: KnownUse): string | null | undefined {
	const reported = activity?.lastActivity.get(nameOf(person));
	const signedIn = signIns?.get(person.personId);
	return signedIn !== undefined && (!reported || signedIn > reported) ? signedIn : reported;
}

function nameOf({ userPrincipalName }: LicensedPerson): string {
	return userPrincipalName?.toLowerCase() ?? '';
}

function judge(person: LicensedPerson, licence: HeldLicence, last: string | null | undefined, use: KnownUse, { days, now }: UnusedRequest): Verdict {
	if (person.accountEnabled === false) return { use: 'unused', why: 'disabled' };
	// Use is known up to the day of the reports; what came after it cannot have been seen.
	const reference = use.activity?.asOf ? Date.parse(use.activity.asOf) : now;
	const before = (moment: string) => (reference - Date.parse(moment)) / DAY_MS;
	if (last && before(last) < days) return { use: 'used' };
	if (!use.activity) return { use: 'unknown', because: 'notRead' };
	if (last === undefined || !use.activity.lastActivity.has(nameOf(person))) return { use: 'unknown', because: 'notInReports' };
	if (last === null && use.activity.period < days) return { use: 'unknown', because: 'beyondReports' };
	const young = (moment: string | null) => moment !== null && before(moment) < days;
	if (young(person.createdDateTime)) return { use: 'unknown', because: 'newAccount' };
	if (young(licence.assignmentChanged)) return { use: 'unknown', because: 'newLicence' };
	return { use: 'unused', why: 'inactive' };
}

function unusedLicence(person: LicensedPerson, licence: HeldLicence, why: UnusedLicence['why'], last: string | null | undefined, { activity }: KnownUse): UnusedLicence {
	const { licences: _, ...owner } = person;
	const mailboxKind = activity?.mailboxKind.get(nameOf(person));
	return {
		...owner,
		...licence,
		kind: 'unusedLicence',
		why,
		...(last === undefined ? {} : { lastActivity: last }),
		...(last && activity?.asOf ? { daysInactive: Math.max(0, Math.floor((Date.parse(activity.asOf) - Date.parse(last)) / DAY_MS)) } : {}),
		...(mailboxKind === undefined ? {} : { mailboxKind }),
	};
}
