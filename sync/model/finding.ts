/** What a security audit looks at. */
export type FindingCode = 'lowSecureScore' | 'noMfa';

/**
 * One thing that is not as it should be in a tenant, or that is all right (again). Of whatever is not known there is no
 * record at all: nothing is opened for it and nothing closed.
 */
export interface Finding {
	kind: 'finding';
	/** GUID, lower case. */
	tenantId: string;
	/** The same in every audit: `lowSecureScore`, `noMfa:<object id of the person>`. */
	id: string;
	code: FindingCode;
	/** `gone`: it is known to be all right, and what was opened for it can be closed. */
	change: 'present' | 'gone';
	/** What does not come is as it was. */
	mode: 'incremental';
	/** With `change: 'gone'`. */
	whereabouts?: 'gone';
	/** `high`: an administrator without MFA. */
	severity: 'high' | 'medium';
	/** In one line, with who and where; the same in every audit while nothing changes, as the two after it. */
	title: string;
	text: string;
	/** Empty with `change: 'gone'`. */
	whatToDo: string;
	/** Absent: it may not be read. */
	tenantName?: string;
	/** Object id, lower case; of findings about a person, as the three after it. */
	personId?: string;
	displayName?: string | null;
	userPrincipalName?: string | null;
	/** Holds a directory role. Absent: not known. */
	administrator?: boolean;
	/** Of the maximum, 0 to 100, to one decimal; of the Secure Score, as the threshold. */
	percent?: number;
	threshold?: number;
}

const NO_MFA = 'noMfa:';

/** The id of the finding that somebody has no MFA. */
export function noMfaId(personId: string): string {
	return NO_MFA + personId;
}

/** The object id of the person whom the finding with this id is about; undefined: it is about nobody. */
export function personOfFinding(id: string): string | undefined {
	return id.startsWith(NO_MFA) ? id.slice(NO_MFA.length) : undefined;
}

/** What a security audit saw in a tenant. Absent: not looked at, or not known. */
export interface SecurityAuditSummary {
	kind: 'securityAuditSummary';
	tenantId: string;
	tenantName?: string;
	secureScorePercent?: number;
	threshold?: number;
	/** Enabled people who are looked at (guests only where they are wanted), by what is known of them. */
	peopleWithoutMfa?: number;
	/** Of these. */
	administratorsWithoutMfa?: number;
	peopleWithMfa?: number;
	/** The report does not name them (yet). */
	peopleUnknown?: number;
	/** What was left out, and what to do about it. */
	leftOut: Array<{ message: string; remedy: string }>;
}
