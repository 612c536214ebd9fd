import type { HeldLicence, LicensedPerson } from '../../../model/licence';
import { amountOf } from '../../../model/money';
import type { UnknownUse, UnusedLicence, UnusedLicencesSummary, UnusedSku } from '../../../model/unusedLicence';
import type { LicencePrices } from './licencePrices';
import { lastActivityOf, type KnownActivity } from './personActivity';

const DAY_MS = 86_400_000;

/** What is known about use in a tenant. */
export interface KnownUse extends KnownActivity {
	/** What was left out, for the summary. */
	leftOut?: ReadonlyArray<{ message: string; remedy: string }>;
}

export interface UnusedRequest {
	tenantId: string;
	/** Without activity in so many days. */
	days: number;
	/** Milliseconds; for the age of accounts and licences. */
	now: number;
	/** For the summary. */
	tenantName?: string;
	/** Without them the licences come without money. */
	prices?: LicencePrices;
}

type Verdict = { use: 'used' } | { use: 'unused'; why: UnusedLicence['why'] } | { use: 'unknown'; because: UnknownUse };

/**
 * Judges the licences of a tenant. A disabled account uses none; an enabled one is inactive only where its use is
 * known: what is not known is counted with its reason and never listed.
 */
export function unusedLicences(people: Iterable<LicensedPerson>, use: KnownUse, request: UnusedRequest): { unused: UnusedLicence[]; summary: UnusedLicencesSummary } {
	const unused: UnusedLicence[] = [];
	const waste = new Waste(request.prices);
	const summary: UnusedLicencesSummary = {
		kind: 'unusedLicencesSummary',
		tenantId: request.tenantId,
		...(request.tenantName === undefined ? {} : { tenantName: request.tenantName }),
		days: request.days,
		asOf: use.activity?.asOf ?? null,
		assigned: 0,
		unused: 0,
		disabled: 0,
		inactive: 0,
		used: 0,
		unknown: 0,
		unknownBecause: {},
		licensedPeople: 0,
		activePeople: 0,
		unknownPeople: 0,
		licensedMinusActive: 0,
		skus: [],
		leftOut: [...(use.leftOut ?? [])],
	};
	for (const person of people) {
		const last = lastActivityOf(person.personId, person.userPrincipalName, use);
		const uses = new Set<Verdict['use']>();
		for (const licence of person.licences) {
			summary.assigned++;
			const verdict = judge(person, licence, last, use, request);
			uses.add(verdict.use);
			if (verdict.use === 'used') summary.used++;
			else if (verdict.use === 'unknown') {
				summary.unknown++;
				summary.unknownBecause[verdict.because] = (summary.unknownBecause[verdict.because] ?? 0) + 1;
			} else {
				summary.unused++;
				summary[verdict.why]++;
				unused.push({ ...unusedLicence(person, licence, verdict.why, last, use), ...waste.add(licence) });
			}
		}
		countPerson(summary, uses);
	}
	return { unused, summary: { ...summary, ...waste.sums() } };
}

/** Somebody may hold a licence that is too new to judge beside one that is not: what is known of one tells of the person. */
function ofPerson(uses: ReadonlySet<Verdict['use']>): Verdict['use'] {
	if (uses.has('used')) return 'used';
	return uses.has('unused') ? 'unused' : 'unknown';
}

function countPerson(summary: UnusedLicencesSummary, uses: ReadonlySet<Verdict['use']>): void {
	if (uses.size === 0) return;
	summary.licensedPeople++;
	const use = ofPerson(uses);
	if (use === 'used') summary.activePeople++;
	else if (use === 'unused') summary.licensedMinusActive++;
	else summary.unknownPeople++;
}

/** Whether somebody with licences is active, judged as the licences are. */
export function useOf(person: LicensedPerson, use: KnownUse, request: Pick<UnusedRequest, 'days' | 'now'>): 'active' | 'inactive' | 'disabled' | 'unknown' {
	const last = lastActivityOf(person.personId, person.userPrincipalName, use);
	const judged = ofPerson(new Set(person.licences.map((licence) => judge(person, licence, last, use, request).use)));
	if (judged === 'unused') return person.accountEnabled === false ? 'disabled' : 'inactive';
	return judged === 'used' ? 'active' : 'unknown';
}

/** What unused licences cost, by kind and in sum. */
class Waste {
	private readonly skus = new Map<string, UnusedSku & { cents?: number }>();
	private wasted = 0;
	private withoutPrice = 0;

	constructor(private readonly prices: LicencePrices | undefined) {}

	/** Counts a licence. @returns what it costs, for its record */
	add({ skuId, skuPartNumber, licence, free }: HeldLicence): Pick<UnusedLicence, 'pricePerMonth' | 'currency'> {
		const cents = this.prices?.centsOf({ skuId, skuPartNumber });
		let sku = this.skus.get(skuId);
		if (!sku) this.skus.set(skuId, (sku = { skuId, skuPartNumber, licence, unused: 0, cents }));
		sku.unused++;
		if (cents === undefined) {
			if (!free) this.withoutPrice++;
			return {};
		}
		this.wasted += cents;
		return { pricePerMonth: amountOf(cents), currency: this.prices!.currency };
	}

	sums(): Pick<UnusedLicencesSummary, 'skus' | 'currency' | 'wastedPerMonth' | 'withoutPrice'> {
		const skus = [...this.skus.values()]
			.map(({ cents, ...sku }): UnusedSku => ({ ...sku, ...(cents === undefined ? {} : { pricePerMonth: amountOf(cents), wastedPerMonth: amountOf(cents * sku.unused) }) }))
			.sort((a, b) => a.licence.localeCompare(b.licence, 'en') || a.skuId.localeCompare(b.skuId, 'en'));
		return this.prices ? { skus, currency: this.prices.currency, wastedPerMonth: amountOf(this.wasted), withoutPrice: this.withoutPrice } : { skus };
	}
}

function nameOf({ userPrincipalName }: LicensedPerson): string {
	return userPrincipalName?.toLowerCase() ?? '';
}

function judge(person: LicensedPerson, licence: HeldLicence, last: string | null | undefined, use: KnownUse, { days, now }: Pick<UnusedRequest, 'days' | 'now'>): Verdict {
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
