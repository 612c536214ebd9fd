/** Microsoft Secure Score of a tenant on one day. */
export interface SecureScore {
	kind: 'secureScore';
	/** GUID, lower case. */
	tenantId: string;
	/** The day it was computed, ISO 8601. */
	createdDateTime: string | null;
	score: number | null;
	maxScore: number | null;
	/** Of the maximum, 0 to 100, to one decimal. */
	percent: number | null;
	/** What others reach, by what they are compared by (AllTenants, TotalSeats, …); as Microsoft gives it. */
	comparisons: Record<string, number>;
	activeUsers: number | null;
	licensedUsers: number | null;
	enabledServices: string[];
}

/** A control that could earn the tenant more points. */
export interface SecureScoreGap {
	kind: 'secureScoreGap';
	/** GUID, lower case. */
	tenantId: string;
	/** Microsoft's id of the control, for example MFARegistrationV2. */
	controlId: string;
	title: string;
	category: string | null;
	service: string | null;
	score: number;
	/** Null: Microsoft describes no such control (any more). */
	maxScore: number | null;
	/** Points that are still to be had; null when the maximum is not known. */
	gap: number | null;
	/** How the tenant stands, in plain text. */
	status: string | null;
	/** What to do, in plain text. */
	remediation: string | null;
	/** What people will notice of it, in plain text. */
	remediationImpact: string | null;
	implementationCost: string | null;
	userImpact: string | null;
	threats: string[];
	actionUrl: string | null;
	/** What an administrator decided: Default, Ignored, ThirdParty, Reviewed. */
	decision: string | null;
	/** Microsoft's order of importance, 1 first. */
	rank: number | null;
}
