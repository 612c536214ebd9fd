import { RESOURCE_APPS } from '../../world/delegatedConsent';
import { guidOf } from '../../world/random';
import { APP_ROLE_ASSIGNMENT } from '../entities/consent';
import { appRoleId } from '../graphAppRoles';
import type { GraphAnswer, GraphCall, GraphResource } from '../graphCall';
import { LIST_OPTIONS, listPage, type Listed } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { APPLICATION_READERS, apiPrincipalId, principalByAppId, principalById, type ShownPrincipal } from './servicePrincipals';
import { contextOf } from './users';

/** Application permissions that were consented to, one object for each. Shape: Microsoft's page of the operation. */
export const appRoleAssignments: GraphResource = {
	path: 'servicePrincipals/{id}/appRoleAssignments',
	permissions: APPLICATION_READERS,
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => listOf(call, principalById(call)),
};

export const appRoleAssignmentsByAppId: GraphResource = {
	...appRoleAssignments,
	path: "servicePrincipals(appId='{appId}')/appRoleAssignments",
	answer: (call) => listOf(call, principalByAppId(call)),
};

type Assignment = Listed & Readonly<Record<string, unknown>>;

function listOf(call: GraphCall, principal: ShownPrincipal): GraphAnswer {
	const select = call.query.names('$select');
	const properties = selectedProperties(APP_ROLE_ASSIGNMENT, select, { collection: true });
	const resourceId = apiPrincipalId(call.tenant.tenantId, RESOURCE_APPS.graph);
	const items = (principal.installed?.roles ?? []).map(
		(permission, index): Assignment => ({
			sequence: index + 1,
			id: Buffer.from(guidOf(`${principal.id} ${permission}`)).toString('base64url'),
			appRoleId: appRoleId(permission),
			createdDateTime: '2025-11-03T09:12:45Z',
			principalDisplayName: principal.displayName,
			principalId: principal.id,
			principalType: 'ServicePrincipal',
			resourceDisplayName: 'Microsoft Graph',
			resourceId,
		}),
	);
	return listPage<Assignment>({
		call,
		items,
		entity: APP_ROLE_ASSIGNMENT,
		context: `appRoleAssignments${contextOf(select)}`,
		render: (assignment) => project(assignment, APP_ROLE_ASSIGNMENT, properties),
	});
}
