import type { HeldLicence, LicenceOwner } from './licence';

/** A licence that is paid and, as far as is known, not used. */
export interface UnusedLicence extends LicenceOwner, HeldLicence {
	kind: 'unusedLicence';
	/** GUID, lower case. */
	tenantId: string;
	/** `disabled`: nobody can sign in; `inactive`: no activity in the days that were asked for. */
	why: 'disabled' | 'inactive';
	/** The newest activity that is known, ISO 8601; null: none in the days of the reports. Absent: not known. */
	lastActivity?: string | null;
	/** Whole days from then to the day the reports count up to. */
	daysInactive?: number;
	/** A shared mailbox may need its licence for its size or its archive. Absent: not known. */
	mailboxKind?: string | null;
	/** What the licence costs a month, at most two decimals; absent without a price, as its currency is. */
	pricePerMonth?: number;
	/** Three letters. */
	currency?: string;
}

/** Why nothing can be said about somebody's use. Nobody like that is listed. */
export type UnknownUse =
	/** The reports could not be read: no licence, no permission, or names concealed. */
	| 'notRead'
	/** The reports do not name the person. */
	| 'notInReports'
	/** The account is younger than the days that were asked for. */
	| 'newAccount'
	/** The licence was assigned within them, or its assignment changed. */
	| 'newLicence'
	/** More days were asked for than the reports look back, and there was no activity in these. */
	| 'beyondReports';

/** The unused licences of one kind in a tenant, and what they cost. */
export interface UnusedSku extends Pick<HeldLicence, 'skuId' | 'skuPartNumber' | 'licence'> {
	unused: number;
	/** Of one licence; absent without a price, as the sum is. */
	pricePerMonth?: number;
	/** Of all the unused ones. */
	wastedPerMonth?: number;
}

/** What was found in a tenant, closing its list. */
export interface UnusedLicencesSummary {
	kind: 'unusedLicencesSummary';
	tenantId: string;
	/** Absent: it may not be read. */
	tenantName?: string;
	days: number;
	/** The day up to which use is known; null: no report was read. */
	asOf: string | null;
	/** Assigned licences that were judged. */
	assigned: number;
	unused: number;
	/** Of these: because the account is disabled, because of inactivity. */
	disabled: number;
	inactive: number;
	/** Licences of people who used something. */
	used: number;
	/** Licences of which nothing can be said, and why. */
	unknown: number;
	unknownBecause: Partial<Record<UnknownUse, number>>;
	/** People with a licence that was judged. */
	licensedPeople: number;
	/** Of these: who used something in the days that were asked for. */
	activePeople: number;
	/** Of these: of whom nothing can be said. */
	unknownPeople: number;
	/** People with a licence, less the active ones and less those of whom nothing can be said. */
	licensedMinusActive: number;
	/** Unused licences by kind, by name. */
	skus: UnusedSku[];
	/** Three letters. Absent, like the two after it, where no prices are given. */
	currency?: string;
	/** What the unused licences with a price cost a month, at most two decimals. */
	wastedPerMonth?: number;
	/** Unused licences without a price; those that cost nothing are not among them. */
	withoutPrice?: number;
	/** What was left out, and what to do about it. */
	leftOut: Array<{ message: string; remedy: string }>;
}
