/** A tenant in numbers, for the record that another system keeps of the customer. What is not known is absent. */
export interface TenantFacts {
	kind: 'tenantFacts';
	/** GUID, lower case. */
	tenantId: string;
	/** The tenant's: there is one such record. */
	id: string;
	displayName?: string;
	/** Newest Microsoft Secure Score: points reached, points to be had, and the share in percent to one decimal. */
	secureScore?: number;
	secureScoreMax?: number;
	secureScorePercent?: number;
	/** The day of that score, `YYYY-MM-DD`. */
	secureScoreDate?: string;
	/** People with at least one licence that costs something: disabled ones, shared mailboxes and guests included. */
	licensedUserCount: number;
	/** Of these: enabled, and active within `days`. Absent, like `inactiveUserCount`: of nobody it is known. */
	activeUserCount?: number;
	/** Enabled, and known to have done nothing for so long. */
	inactiveUserCount?: number;
	disabledLicensedUserCount: number;
	/** Enabled, and neither: not in the reports, names concealed, or account or licence younger than `days`. */
	unknownActivityCount: number;
	days: number;
	/** The day up to which use is known, `YYYY-MM-DD`; null: no report was read. */
	asOf: string | null;
	/** What could not be read, and what to do about it. */
	leftOut: Array<{ message: string; remedy: string }>;
}
