import type { Relationship } from './customer';

/** How a partner stands with one customer, and what to do where something is missing. */
export interface CustomerCheck {
	kind: 'customerCheck';
	/** The customer's tenant, a GUID in lower case. */
	tenantId: string;
	partnerTenantId: string;
	displayName: string | null;
	/**
	 * - `ready`: the tenant can be read, and nothing is missing
	 * - `gaps`: it can be read, but not everything, or not for long
	 * - `noAccess`: it cannot be read
	 * - `unknown`: the check itself could not be carried out
	 */
	verdict: 'ready' | 'gaps' | 'noAccess' | 'unknown';
	/** What to do, the most pressing first, one sentence or two for each gap; empty when all is well. */
	whatToDo: string[];
	relationship: Pick<Relationship, 'id' | 'displayName' | 'status' | 'endDateTime' | 'autoExtend'> | null;
	daysLeft: number | null;
	/** Names of directory roles that the service account holds there; absent when it could not be found out. */
	rolesHeld?: string[];
	rolesMissing?: string[];
	/** Delegated permissions that were consented to; absent without a sign-in. */
	delegatedPermissions?: string[];
	/** Application permissions that were consented to; absent when it could not be found out. */
	applicationPermissions?: string[];
	findings: Finding[];
	/** Opens the consent of this tenant's administrator. */
	consentLink: string;
}

export type Checked = 'relationship' | 'relationshipEnd' | 'securityGroup' | 'roles' | 'signIn' | 'delegatedConsent' | 'access' | 'applicationConsent' | 'partnerCenter';

export interface Finding {
	checked: Checked;
	/** `info`: not needed for a partner's sign-in. `warning`: works, but not for long. */
	state: 'ok' | 'info' | 'warning' | 'gap' | 'unknown';
	message: string;
	/** Empty when there is nothing to do. */
	whatToDo: string;
}
