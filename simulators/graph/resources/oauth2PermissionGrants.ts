import { OAUTH2_PERMISSION_GRANT } from '../entities/consent';
import type { GraphCall, GraphResource } from '../graphCall';
import { LIST_OPTIONS, listPage, type Listed } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { apiPrincipalId, principalsOf } from './servicePrincipals';
import { contextOf } from './users';

type Grant = Listed & Readonly<Record<string, unknown>>;

/**
 * Delegated consent: one object for each app and API, its permissions in one text. Here administrators consented for
 * everybody (`AllPrincipals`). Shape and permissions: Microsoft's page of the operation.
 */
export const oauth2PermissionGrants: GraphResource = {
	path: 'oauth2PermissionGrants',
	permissions: [
		'Directory.Read.All',
		'DelegatedPermissionGrant.Read.All',
		'DelegatedPermissionGrant.ReadWrite.All',
		'Directory.ReadWrite.All',
	],
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand' && option !== '$search' && option !== '$orderby'),
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(OAUTH2_PERMISSION_GRANT, select, { collection: true });
		return listPage<Grant>({
			call,
			items: grantsOf(call),
			entity: OAUTH2_PERMISSION_GRANT,
			context: `oauth2PermissionGrants${contextOf(select)}`,
			render: (grant) => project(grant, OAUTH2_PERMISSION_GRANT, properties),
		});
	},
};

function grantsOf(call: GraphCall): Grant[] {
	const grants = principalsOf(call).flatMap(({ id, installed }) =>
		(installed?.delegatedGrants ?? []).map((grant) => ({ clientId: id, ...grant })),
	);
	return grants.map(({ clientId, resourceAppId, scopes }, index) => {
		const resourceId = apiPrincipalId(call.tenant.tenantId, resourceAppId);
		return {
			sequence: index + 1,
			id: Buffer.from(`${clientId}${resourceId}`.replaceAll('-', ''), 'hex').toString('base64url'),
			clientId,
			consentType: 'AllPrincipals',
			principalId: null,
			resourceId,
			scope: scopes.join(' '),
		};
	});
}
