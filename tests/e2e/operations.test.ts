import { microsoft365Resources } from '../../nodes/Microsoft365/actions/resources';
import { errorOf, outputOf } from '../../scripts/n8n/client';
import { DEVICES, GROUPS, HARBOR_TENANT_ID, MANAGED_DEVICES, PEOPLE, SPB } from '../../simulators/world';
import { lay, type Nodes } from './support/canvas';
import { useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('operations');

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What a person has to choose; everything else stays as the panel has it. */
const CHOSEN: Record<string, Record<string, unknown>> = {
	'user get': { user: 'ada.brandt@harbordental.example' },
	'user resetPassword': { user: PEOPLE.ada },
	'user revokeSessions': { user: PEOPLE.ada },
	'user enable': { user: PEOPLE.ada },
	'user disable': { user: PEOPLE.ada },
	'group get': { group: byId(GROUPS.allStaff) },
	'group getMembers': { group: byId(GROUPS.allStaff) },
	'device get': { device: DEVICES.frontDesk },
	// Whatever day it is, something in the sample world is due.
	'appCredential getExpiring': { thresholds: '100000' },
	'managedDevice get': { managedDevice: MANAGED_DEVICES.frontDesk },
};

/** Of the partner's own sign-in: tests/e2e/partner*.test.ts. */
const OF_THE_PARTNER = ['customer'];
/** Made of what other operations give, and of all tenants together: below. */
const OF_OTHERS = ['report'];

describe('every operation of the Microsoft 365 node, as the panel sets it up, in a real n8n', () => {
	const operations = microsoft365Resources
		.filter(({ value }) => ![...OF_THE_PARTNER, ...OF_OTHERS].includes(value))
		.flatMap((resource) => resource.operations.map((operation) => ({ name: `${resource.name}: ${operation.name}`, key: `${resource.value} ${operation.value}`, resource: resource.value, operation: operation.value })));
	let outputs: Map<string, Array<Record<string, unknown>>>;

	beforeAll(async () => {
		const nodes: Nodes = Object.fromEntries(
			operations.map(({ name, key, resource, operation }) => [name, ['microsoft365', { resource, operation, ...CHOSEN[key] }, { onError: 'continueRegularOutput' }]]),
		);
		const id = await lay(workshop(), nodes, operations.map(({ name }) => ['Begin', name]));
		const execution = await workshop().n8n.client.runManually(id);
		expect(errorOf(execution)).toBe('');
		outputs = new Map(operations.map(({ name, key }) => [key, outputOf(execution, name)]));
	});

	it.each(operations.map(({ name, key }) => [name, key]))('%s', (_name, key) => {
		const items = outputs.get(key)!;
		expect(items.length).toBeGreaterThan(0);
		expect(items.filter(({ error }) => error !== undefined)).toEqual([]);
		for (const item of items) expect(item.kind).toEqual(expect.any(String));
		expect(items.filter(({ kind }) => kind === 'skipped')).toEqual([]);
	});

	it('names the tenant in every record', () => {
		const strangers = [...outputs].flatMap(([key, items]) => items.filter(({ tenantId }) => tenantId !== HARBOR_TENANT_ID).map((item) => `${key}: ${JSON.stringify(item).slice(0, 120)}`));
		expect(strangers).toEqual([]);
	});

	it('refuses a tenant, a filter and a number that an expression did not give', async () => {
		const nothing = '={{ $json.nothing }}';
		const getMany = { resource: 'user', operation: 'getMany' };
		const refused: Record<string, Record<string, unknown>> = {
			'The expression in Tenant gave nothing for this item.': { ...getMany, tenant: byId(nothing) },
			'The expression in In Domains gave nothing for this item.': { ...getMany, filters: { domains: nothing } },
			'Limit is "undefined", which is no number from 1 upwards.': { ...getMany, returnAll: false, limit: nothing },
		};
		const nodes: Nodes = Object.fromEntries(Object.entries(refused).map(([message, parameters]) => [message, ['microsoft365', parameters, { onError: 'continueRegularOutput' }]]));
		const id = await lay(workshop(), nodes, Object.keys(refused).map((name) => ['Begin', name]));
		const execution = await workshop().n8n.client.runManually(id);
		expect(Object.keys(refused).map((name) => outputOf(execution, name).map(({ error }) => error))).toEqual(Object.keys(refused).map((message) => [message]));
	});

	it('makes reports of what other operations gave', async () => {
		const chains: Array<[what: string, reader: Record<string, unknown>, report: string, expected: Record<string, unknown>]> = [
			[
				'Waste',
				{ resource: 'licence', operation: 'getUnused', prices: { price: [{ licence: { __rl: true, mode: 'list', value: SPB }, pricePerMonth: 20.6 }] }, currency: 'EUR' },
				'unusedLicences',
				{ kind: 'unusedLicencesReport', currency: 'EUR', headline: expect.stringContaining('EUR a month') as unknown },
			],
			['Audit', { resource: 'securityAudit', operation: 'getFindings', addSummary: true }, 'securityFindings', { kind: 'securityFindingsReport', tenants: 1, notRead: [] }],
			['Secrets', { resource: 'appCredential', operation: 'getExpiring', thresholds: '100000' }, 'appCredentials', { kind: 'expiringAppCredentialsReport', tenants: 1, notRead: [] }],
		];
		const nodes: Nodes = Object.fromEntries(
			chains.flatMap(([what, reader, report]) => [
				[what, ['microsoft365', reader]],
				[`${what} report`, ['microsoft365', { resource: 'report', operation: report }]],
			]),
		);
		const id = await lay(workshop(), nodes, chains.flatMap(([what]) => [['Begin', what], [what, `${what} report`]]));
		const execution = await workshop().n8n.client.runManually(id);
		expect(errorOf(execution)).toBe('');
		for (const [what, , , expected] of chains) expect(outputOf(execution, `${what} report`)).toEqual([expect.objectContaining({ ...expected, markdown: expect.stringContaining('| --- |') as unknown, html: expect.stringContaining('<table') as unknown })]);
	});

	it('writes nothing to the tenant', () => {
		const writes = workshop().simulators.microsoft.graph.seen.filter(({ method, url }) => method !== 'GET' && !url.pathname.endsWith('/$batch'));
		expect(writes.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([]);
	});
});

describe('what the Sync Ledger knows of tenants and cursors, in a real n8n', () => {
	const ledger = (resource: string, operation: string, more: Record<string, unknown> = {}): Nodes[string] => ['syncLedger', { resource, operation, ...more }, { onError: 'continueRegularOutput' }];

	it.each([
		['Cursor: Get Many', ledger('cursor', 'getMany')],
		['Tenant: Get Many', ledger('tenant', 'getMany')],
		['Tenant: Get Digest', ledger('tenant', 'getDigest')],
		['Tenant: Get Due', ledger('tenant', 'getDue', { tenantId: HARBOR_TENANT_ID })],
		['Tenant: Report Result', ledger('tenant', 'report', { tenantId: HARBOR_TENANT_ID })],
		['Tenant: Disconnect, previewed', ledger('tenant', 'disconnect', { tenantId: HARBOR_TENANT_ID })],
	])('%s', async (name, node) => {
		const id = await lay(workshop(), { [name]: node }, [['Begin', name]]);
		const execution = await workshop().n8n.client.runManually(id);
		expect(errorOf(execution)).toBe('');
		const items = outputOf(execution, name);
		expect(items.length).toBeGreaterThan(0);
		expect(items.filter(({ error }) => error !== undefined)).toEqual([]);
	});
});
