import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import {
	consentDelegated,
	CUSTOMERS,
	PARTNER_APP_ID,
	PARTNER_GROUPS,
	PARTNER_SERVICE_USER,
	PARTNER_TENANT_ID,
	RESOURCE_APPS,
	ROLE_TEMPLATES,
} from '../../../../simulators/world';
import { DAY, startPartnerHarness, type PartnerHarness } from './partnerHarness';
import type { Json } from './setup';

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const text = { type: 'string' };
const maybe = { type: ['string', 'null'] };
const list = { type: 'array' };
const shape = (properties: Record<string, unknown>) => ajv.compile({ type: 'object', additionalProperties: false, required: Object.keys(properties), properties });

/** Types that the contract's OpenAPI lacks. Source: Microsoft's resource pages servicePrincipal, appRoleAssignment and oAuth2PermissionGrant. */
const SERVICE_PRINCIPAL = shape({
	id: { type: 'string', format: 'uuid' },
	deletedDateTime: maybe,
	accountEnabled: { type: ['boolean', 'null'] },
	appDescription: maybe,
	appDisplayName: maybe,
	appId: { type: 'string', format: 'uuid' },
	appOwnerOrganizationId: maybe,
	appRoleAssignmentRequired: { type: 'boolean' },
	appRoles: list,
	description: maybe,
	disabledByMicrosoftStatus: maybe,
	displayName: maybe,
	homepage: maybe,
	keyCredentials: list,
	oauth2PermissionScopes: list,
	passwordCredentials: list,
	replyUrls: list,
	servicePrincipalNames: list,
	servicePrincipalType: maybe,
	signInAudience: maybe,
	tags: list,
});
const APP_ROLE_ASSIGNMENT = shape({
	id: text,
	deletedDateTime: maybe,
	appRoleId: { type: 'string', format: 'uuid' },
	createdDateTime: { type: 'string', format: 'date-time' },
	principalDisplayName: maybe,
	principalId: { type: 'string', format: 'uuid' },
	principalType: { enum: ['User', 'Group', 'ServicePrincipal'] },
	resourceDisplayName: maybe,
	resourceId: { type: 'string', format: 'uuid' },
});
const PERMISSION_GRANT = shape({
	id: text,
	clientId: text,
	consentType: { enum: ['AllPrincipals', 'Principal'] },
	principalId: maybe,
	resourceId: text,
	scope: text,
});

function expectShape(validate: ReturnType<typeof shape>, values: readonly Json[]): void {
	for (const value of values) {
		if (!validate(value)) throw new Error(`${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
	}
}

describe('a partner at the Graph simulator', () => {
	let harness: PartnerHarness;
	let refreshToken: string;
	beforeEach(async () => {
		harness = await startPartnerHarness();
		refreshToken = await harness.signIn();
	});
	afterEach(async () => await harness.stop());

	/** GET with a delegated token of a tenant. */
	const get = async (path: string, tenant: string = PARTNER_TENANT_ID) => await harness.get(path, { token: await harness.tokenIn(tenant, refreshToken) });
	const values = async (path: string, tenant?: string): Promise<Json[]> => {
		const { status, body } = await get(path, tenant);
		expect([path, status]).toEqual([path, 200]);
		return body.value;
	};
	const directory = () => harness.microsoft.world.tenant(PARTNER_TENANT_ID).partner;
	const gdap = '/tenantRelationships/delegatedAdminRelationships';
	const ofCustomer = async (customer: string): Promise<Json> => (await values(gdap)).find((each) => each.customer.tenantId === customer);

	describe('reads its customers', () => {
		it('with an active relationship, and its contracts with or without one', async () => {
			const customers = (await values('/tenantRelationships/delegatedAdminCustomers')).map((each) => each.tenantId);
			expect(customers).toHaveLength(7);
			expect(customers).not.toContain(CUSTOMERS.contractOnly);
			const contracts = (await values('/contracts')).map((each) => each.customerId);
			expect(contracts).toContain(CUSTOMERS.contractOnly);
			expect(contracts).not.toContain(CUSTOMERS.appConsentOnly);
		});

		it('no longer once the relationship was terminated', async () => {
			directory()?.updateRelationship(CUSTOMERS.fine, { status: 'terminated' });
			expect((await values('/tenantRelationships/delegatedAdminCustomers')).map((each) => each.tenantId)).not.toContain(CUSTOMERS.fine);
			expect((await ofCustomer(CUSTOMERS.fine)).status).toBe('terminated');
		});

		it('as an app with the application permission, and as nobody without one', async () => {
			const partner = harness.microsoft.world.tenant(PARTNER_TENANT_ID);
			const asApp = async () => await harness.get(gdap, { token: await harness.token(PARTNER_APP_ID, PARTNER_TENANT_ID) });
			expect((await asApp()).body.value).toHaveLength(7);
			partner.consent(PARTNER_APP_ID, ['Directory.Read.All']);
			expect((await asApp()).body.error.code).toBe('Authorization_RequestDenied');
			consentDelegated(partner, PARTNER_APP_ID, RESOURCE_APPS.graph, ['User.Read', 'Directory.Read.All']);
			expect((await get(gdap)).status).toBe(403);
			expect((await get('/contracts')).status).toBe(200);
		});

		it('of which a tenant that is no partner has none', async () => {
			const customer = harness.microsoft.world.tenant(CUSTOMERS.fine);
			customer.consent(PARTNER_APP_ID, ['DelegatedAdminRelationship.Read.All', 'Directory.Read.All']);
			const token = await harness.token(PARTNER_APP_ID, CUSTOMERS.fine);
			for (const path of [gdap, '/tenantRelationships/delegatedAdminCustomers', '/contracts']) {
				expect((await harness.get(path, { token })).body.value).toEqual([]);
			}
		});
	});

	describe('reads its relationships', () => {
		it('with roles, durations and end', async () => {
			const relationship = await ofCustomer(CUSTOMERS.expiring);
			expect(relationship).toMatchObject({
				'@odata.type': '#microsoft.graph.delegatedAdminRelationship',
				'@odata.etag': expect.stringMatching(/^W\/"/),
				id: expect.stringMatching(new RegExp(`^[0-9a-f-]{36}-${PARTNER_TENANT_ID}$`)),
				status: 'active',
				duration: 'P730D',
				autoExtendDuration: 'PT0S',
				customer: { tenantId: CUSTOMERS.expiring, displayName: 'Tidewater Legal' },
			});
			expect(Date.parse(relationship.endDateTime) - harness.clock.now()).toBe(20 * DAY);
			expect((await get(`${gdap}/${relationship.id}`)).body).toMatchObject(relationship);
			expect((await get(`${gdap}/${relationship.id}?$select=id,status`)).body).toMatchObject({ id: relationship.id, status: 'active' });
			expect((await get(`${gdap}/${CUSTOMERS.fine}`)).status).toBe(404);
		});

		it('which expire at their end, or are extended by half a year', async () => {
			const before = await ofCustomer(CUSTOMERS.fine);
			harness.clock.advance(20 * DAY);
			expect((await ofCustomer(CUSTOMERS.expiring)).status).toBe('expired');
			harness.clock.advance(Date.parse(before.endDateTime) - harness.clock.now() - 1);
			refreshToken = await harness.signIn();
			expect((await ofCustomer(CUSTOMERS.fine)).endDateTime).toBe(before.endDateTime);
			harness.clock.advance(1);
			const after = await ofCustomer(CUSTOMERS.fine);
			expect(after.status).toBe('active');
			expect(Date.parse(after.endDateTime) - Date.parse(before.endDateTime)).toBe(180 * DAY);
		});

		it('with the groups that hold their roles', async () => {
			const assignmentsOf = async (customer: string) => await values(`${gdap}/${(await ofCustomer(customer)).id}/accessAssignments`);
			expect(await assignmentsOf(CUSTOMERS.rolesMissing)).toMatchObject([
				{
					'@odata.type': '#microsoft.graph.delegatedAdminAccessAssignment',
					status: 'active',
					accessContainer: { accessContainerId: PARTNER_GROUPS.gdapReaders, accessContainerType: 'securityGroup' },
					accessDetails: { unifiedRoles: [{ roleDefinitionId: ROLE_TEMPLATES.globalReader }, { roleDefinitionId: ROLE_TEMPLATES.insightsBusinessLeader }] },
				},
			]);
			expect((await assignmentsOf(CUSTOMERS.noGroup)).map((each) => each.accessContainer.accessContainerId)).toEqual([PARTNER_GROUPS.helpdesk]);
		});

		it('filtered, and by pages of 300 at most', async () => {
			directory()?.updateRelationship(CUSTOMERS.fine, { status: 'terminated' });
			expect(await values(`${gdap}?$filter=status eq 'terminated'`)).toHaveLength(1);
			expect(await values(`${gdap}?$filter=customer/tenantId eq '${CUSTOMERS.blocked}'`)).toHaveLength(1);
			for (let number = 0; number < 600; number++) {
				const customerTenantId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
				directory()?.addRelationship({
					id: customerTenantId,
					displayName: `Relationship ${number}`,
					customerTenantId,
					customerName: `Customer ${number}`,
					status: 'approvalPending',
					roles: [],
					duration: 'P30D',
					autoExtendDuration: 'PT0S',
					createdDateTime: '2026-11-01T00:00:00Z',
					ofReseller: number % 2 === 0,
				});
			}
			const sizes: number[] = [];
			const ids = new Set<string>();
			for (let next = `${gdap}?$top=999`; next; ) {
				const { body } = await get(next);
				sizes.push(body.value.length);
				for (const each of body.value) ids.add(each.id);
				next = body['@odata.nextLink'];
			}
			expect([sizes, ids.size]).toEqual([[300, 300, 7], 607]);
		});
	});

	describe('reads the signed-in user', () => {
		it('and their groups, direct and all', async () => {
			expect((await get('/me?$select=id,userPrincipalName')).body).toMatchObject({ userPrincipalName: PARTNER_SERVICE_USER });
			const groups = async (path: string) => (await values(path)).map((each) => each.displayName).sort();
			expect(await groups('/me/memberOf')).toEqual(['AdminAgents', 'Automation']);
			expect(await groups('/me/transitiveMemberOf?$select=id,displayName')).toEqual(['AdminAgents', 'Automation', 'GDAP Readers']);
		});

		it('with User.Read alone: all of themselves, of their groups the ids', async () => {
			consentDelegated(harness.microsoft.world.tenant(PARTNER_TENANT_ID), PARTNER_APP_ID, RESOURCE_APPS.graph, ['User.Read']);
			expect((await get('/me?$select=mail')).body.mail).toBe(PARTNER_SERVICE_USER);
			expect((await values('/me/memberOf')).map((each) => [each['@odata.type'], each.displayName])).toContainEqual(['#microsoft.graph.group', null]);
			expect((await get('/users')).status).toBe(403);
		});

		it('whom an app alone and a customer do not have', async () => {
			const alone = await harness.get('/me', { token: await harness.token(PARTNER_APP_ID, PARTNER_TENANT_ID) });
			expect([alone.status, alone.body.error.message]).toEqual([400, '/me request is only valid with delegated authentication flow.']);
			expect((await get('/me', CUSTOMERS.fine)).status).toBe(404);
		});
	});

	describe('reads consent in a customer', () => {
		const appOf = async (customer: string): Promise<Json> => (await values(`/servicePrincipals?$filter=appId eq '${PARTNER_APP_ID}'`, customer))[0];

		it('as service principals in the shape of their type, by filter, id and app id', async () => {
			const principals = await values('/servicePrincipals', CUSTOMERS.fine);
			expectShape(SERVICE_PRINCIPAL, principals);
			expect(principals.map((each) => each.displayName)).toEqual(['Microsoft Graph', 'Breakwater Sync']);
			const app = await appOf(CUSTOMERS.fine);
			for (const path of [`/servicePrincipals/${app.id}`, `/servicePrincipals(appId='${PARTNER_APP_ID}')`]) {
				expect((await get(path, CUSTOMERS.fine)).body).toMatchObject(app);
			}
			const graph = (await get(`/servicePrincipals(appId='${RESOURCE_APPS.graph}')?$select=appRoles,oauth2PermissionScopes`, CUSTOMERS.fine)).body;
			expect(graph.appRoles).toContainEqual(expect.objectContaining({ value: 'User.Read.All', id: 'df021288-bdef-4463-88db-98f22de89214' }));
			expect(graph.oauth2PermissionScopes.map((each: Json) => each.value)).toContain('Reports.Read.All');
			expect((await get(`/servicePrincipals(appId='${CUSTOMERS.fine}')`, CUSTOMERS.fine)).status).toBe(404);
			expect((await get('/servicePrincipals/nonsense', CUSTOMERS.fine)).status).toBe(400);
		});

		it('as application permissions, told by the roles of Graph', async () => {
			const app = await appOf(CUSTOMERS.fine);
			const assignments = await values(`/servicePrincipals/${app.id}/appRoleAssignments`, CUSTOMERS.fine);
			expectShape(APP_ROLE_ASSIGNMENT, assignments);
			const { id, appRoles } = (await get(`/servicePrincipals(appId='${RESOURCE_APPS.graph}')`, CUSTOMERS.fine)).body;
			const names = assignments.map((each) => appRoles.find((role: Json) => role.id === each.appRoleId)?.value);
			const given = harness.microsoft.world.tenant(CUSTOMERS.fine).servicePrincipals.find((each) => each.appId === PARTNER_APP_ID)?.roles;
			expect(names).toEqual(given);
			expect(new Set(assignments.map((each) => each.resourceId))).toEqual(new Set([id]));
			expect(await values(`/servicePrincipals(appId='${PARTNER_APP_ID}')/appRoleAssignments`, CUSTOMERS.expiring)).toEqual([]);
		});

		it('as delegated permissions, one object for each API', async () => {
			const app = await appOf(CUSTOMERS.fine);
			const grants = await values(`/oauth2PermissionGrants?$filter=clientId eq '${app.id}'`, CUSTOMERS.fine);
			expectShape(PERMISSION_GRANT, grants);
			expect(grants).toHaveLength(1);
			expect(grants[0].scope.split(' ')).toEqual(expect.arrayContaining(['User.Read', 'Reports.Read.All']));
			expect(await values(`/oauth2PermissionGrants?$filter=clientId eq '${CUSTOMERS.fine}'`, CUSTOMERS.fine)).toEqual([]);
			expect(await values('/oauth2PermissionGrants')).toHaveLength(2);
		});
	});

	describe('may do in a customer what scopes and roles both allow', () => {
		const status = async (path: string, customer: string): Promise<number> => (await get(path, customer)).status;
		const holdOnly = (roles: readonly string[]) => {
			directory()?.updateRelationship(CUSTOMERS.fine, { roles });
			directory()?.unassign(CUSTOMERS.fine, PARTNER_GROUPS.gdapReaders);
			directory()?.assign(CUSTOMERS.fine, PARTNER_GROUPS.gdapReaders, roles);
		};

		it.each([
			['Global Reader', ROLE_TEMPLATES.globalReader, 200, 200, 403, 200],
			['Directory Readers', ROLE_TEMPLATES.directoryReaders, 200, 403, 403, 403],
			['Reports Reader', ROLE_TEMPLATES.reportsReader, 403, 403, 302, 403],
			['Intune Administrator', ROLE_TEMPLATES.intuneAdministrator, 403, 403, 403, 200],
			['Insights Business Leader', ROLE_TEMPLATES.insightsBusinessLeader, 403, 403, 403, 403],
		] as const)('%s', async (_name, role, users, signIns, usage, managedDevices) => {
			holdOnly([role]);
			expect(await status('/users', CUSTOMERS.fine)).toBe(users);
			expect(await status('/subscribedSkus', CUSTOMERS.fine)).toBe(users);
			expect(await status('/users?$select=id,signInActivity', CUSTOMERS.fine)).toBe(signIns);
			expect(await status("/reports/getMailboxUsageDetail(period='D30')", CUSTOMERS.fine)).toBe(usage);
			expect(await status('/deviceManagement/managedDevices', CUSTOMERS.fine)).toBe(managedDevices);
		});

		it('the roles of several groups together', async () => {
			holdOnly([ROLE_TEMPLATES.directoryReaders]);
			directory()?.updateRelationship(CUSTOMERS.fine, { roles: [ROLE_TEMPLATES.directoryReaders, ROLE_TEMPLATES.reportsReader] });
			directory()?.assign(CUSTOMERS.fine, PARTNER_GROUPS.automation, [ROLE_TEMPLATES.reportsReader]);
			expect(await status('/users?$select=id,signInActivity', CUSTOMERS.fine)).toBe(200);
		});

		it('no role helps without consent', async () => {
			consentDelegated(harness.microsoft.world.tenant(CUSTOMERS.fine), PARTNER_APP_ID, RESOURCE_APPS.graph, ['User.Read.All']);
			expect(await status('/users', CUSTOMERS.fine)).toBe(200);
			const refused = await get('/groups', CUSTOMERS.fine);
			expect([refused.status, refused.body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
		});

		it('an app permission of the customer does not widen a token of a user', async () => {
			holdOnly([ROLE_TEMPLATES.reportsReader]);
			expect(await status('/users', CUSTOMERS.fine)).toBe(403);
			expect((await harness.get('/users', { token: await harness.token(PARTNER_APP_ID, CUSTOMERS.fine) })).status).toBe(200);
		});

		it('in their own tenant the directory needs no role, the rest does', async () => {
			expect(await status('/users', PARTNER_TENANT_ID)).toBe(200);
			expect(await status('/users?$select=id,signInActivity', PARTNER_TENANT_ID)).toBe(403);
		});
	});
});
