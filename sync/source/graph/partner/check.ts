import { inLanes, TENANTS_SIDE_BY_SIDE } from '../../../inLanes';
import type { Customer } from '../../../model/customer';
import type { CustomerCheck, Finding } from '../../../model/customerCheck';
import { accessAssignments } from '../read/accessAssignments';
import { ownGroups } from '../read/ownGroups';
import { consentLink } from '../signIn/entraApp';
import { graphClient, type GraphClient } from '../transport/client';
import { optional } from '../transport/optional';
import { applicationPart, delegatedPart, partnerCenterFinding, type Partner } from './consentFindings';
import { isActive } from './customers';
import { relationshipPart, type PartnerSide } from './relationshipFindings';

/**
 * Partner Check: how the partner stands with each customer. What is the partner's own (relationships, groups, Partner
 * Center) is read once for all of them; each customer costs two sign-ins and one read.
 *
 * @param customers as `customersOf` gives them
 * @returns one check for each customer, in their order
 * @throws SyncError when the partner's own sign-in or app is at fault
 */
export async function checkCustomers(partner: Partner, customers: readonly Customer[], nowMilliseconds: number): Promise<CustomerCheck[]> {
	const home = graphClient(partner);
	const [side, partnerCenter] = await Promise.all([partnerSide(home, customers, nowMilliseconds), partnerCenterFinding(partner)]);
	const checks: CustomerCheck[] = [];
	await inLanes(customers, TENANTS_SIDE_BY_SIDE, async (customer, index) => {
		const [delegated, application] = await Promise.all([delegatedPart(partner, customer.tenantId), applicationPart(partner, customer.tenantId)]);
		const relationship = relationshipPart(customer, side, nowMilliseconds);
		const findings = [...relationship.findings, ...delegated.findings, ...application.findings, ...(partnerCenter ? [partnerCenter] : [])];
		checks[index] = {
			kind: 'customerCheck',
			tenantId: customer.tenantId,
			partnerTenantId: customer.partnerTenantId,
			displayName: customer.displayName,
			verdict: verdictOf(findings),
			whatToDo: whatToDo(findings),
			...relationship,
			...(delegated.delegatedPermissions ? { delegatedPermissions: delegated.delegatedPermissions } : {}),
			...(application.applicationPermissions ? { applicationPermissions: application.applicationPermissions } : {}),
			findings,
			consentLink: consentLink(home.loginOrigin, customer.tenantId, home.clientId),
		};
	});
	return checks;
}

async function partnerSide(home: GraphClient, customers: readonly Customer[], now: number): Promise<PartnerSide> {
	const active = customers.flatMap(({ relationships = [] }) => relationships.filter((relationship) => isActive(relationship, now)));
	const [assignments, groups] = await Promise.all([
		optional(async () => await accessAssignments(home, active.map(({ id }) => id))),
		optional(async () => await ownGroups(home)),
	]);
	return { assignments: assignments.read ? assignments.value : undefined, ownGroups: groups.read ? groups.value : undefined };
}

/** That the tenant could be read just now counts for more than what was found out about how. */
function verdictOf(findings: readonly Finding[]): CustomerCheck['verdict'] {
	const states = new Map(findings.map(({ checked, state }) => [checked, state]));
	if (states.get('access') !== 'ok') return findings.some(({ checked, state }) => state === 'unknown' && (checked === 'access' || checked === 'signIn')) ? 'unknown' : 'noAccess';
	return findings.some(({ state }) => state === 'gap' || state === 'warning' || state === 'unknown') ? 'gaps' : 'ready';
}

/** Gaps before warnings. A refused sign-in or read needs no words of its own where the relationship explains it. */
function whatToDo(findings: readonly Finding[]): string[] {
	const explained = findings.some(({ checked, state }) => state === 'gap' && (checked === 'relationship' || checked === 'securityGroup'));
	const told = (state: Finding['state']) =>
		findings.filter((finding) => finding.state === state && !(explained && (finding.checked === 'signIn' || finding.checked === 'access'))).map((finding) => finding.whatToDo);
	return [...new Set([...told('gap'), ...told('warning'), ...told('unknown')])];
}
