import type { INode } from 'n8n-workflow';
import { HARBOR_TENANT_ID, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import { execute, type Executed } from './support/inProcess';
import { openWorkbench, type Workbench } from './support/tenantAndCustomer';

let bench: Workbench;

beforeAll(async () => {
	bench = await openWorkbench();
}, 60_000);
afterAll(async () => await bench.stop());
beforeEach(() => bench.beginAfresh());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const tenant = byId(HARBOR_TENANT_ID);
const customer = byId('101');

/** Licence counts of the tenant beside, and then in, the recurring invoices of its customer; all else as the panels have it. */
async function run(plan: Record<string, unknown>): Promise<Executed> {
	const steps: Record<string, [string, Record<string, unknown>]> = {
		Begin: ['n8n-nodes-base.manualTrigger', {}],
		'Start Run': ['syncLedger', { resource: 'run', operation: 'start', tenantId: HARBOR_TENANT_ID, target: 'syncro:invoice-lines', account: SYNCRO_SUBDOMAIN, customerId: '101' }],
		'Get Family Counts': ['microsoft365', { resource: 'licence', operation: 'getFamilyCounts', tenant }],
		'Get Lines': ['syncro', { resource: 'recurringInvoice', operation: 'getLines', customer }],
		'Compare Licences': ['syncro', { resource: 'recurringInvoice', operation: 'compareLicences', customer }],
		Match: ['contactMatch', { rules: { rule: [{ by: 'family' }] } }],
		Plan: ['syncPlan', { target: 'syncro:invoice-lines', ...plan }],
		Apply: ['syncro', { resource: 'recurringInvoice', operation: 'applyPlan' }],
		'Finish Run': ['syncLedger', { resource: 'run', operation: 'finish' }],
	};
	const nodes = Object.entries(steps).map(([name, [type, parameters]], index): INode => ({
		id: name, name, type: type.includes('.') ? type : `n8n-nodes-entra-sync.${type}`, typeVersion: 1, position: [index * 200, 0], parameters: parameters as INode['parameters'],
	}));
	const to = (...targets: Array<[string, number?]>) => ({ main: [targets.map(([node, index = 0]) => ({ node, type: 'main' as const, index }))] });
	const connections = {
		Begin: to(['Start Run']), 'Start Run': to(['Get Family Counts'], ['Get Lines']), 'Get Family Counts': to(['Compare Licences'], ['Match']), 'Get Lines': to(['Match', 1]), Match: to(['Plan']), Plan: to(['Apply']), Apply: to(['Finish Run']),
	};
	return await execute({ nodes, connections, settings: { executionOrder: 'v1' } } as Parameters<typeof execute>[0], bench.credentials, 'Begin');
}

const quantities = () => bench.simulators.syncro.state.schedules.get(701)!.lines.map(({ name, quantity }) => [name, quantity]);
const STANDARD = 'Microsoft 365 Business Standard';

describe('Licence counts and the recurring invoices of a customer', () => {
	it('are compared, and previewed without a write', async () => {
		const before = [quantities(), bench.simulators.syncro.writes()];
		const executed = await run({});
		expect(executed.error).toBe('');
		const counts = executed.output('Get Family Counts')!;
		const held = (family: string) => counts.find((one) => one.family === family)!.holders as number;
		const compared = executed.output('Compare Licences')!;
		expect(compared.at(-1)).toMatchObject({ kind: 'licenceComparisonSummary', customers: 1 });
		expect(compared.find(({ family }) => family === STANDARD)).toMatchObject({ counted: held(STANDARD), billed: 9, difference: held(STANDARD) - 9, differencePerMonth: (held(STANDARD) - 9) * 12.5 });
		expect(executed.output('Plan', 2)).toMatchObject([{ mode: 'preview', targetTitle: 'Syncro', counts: { create: 0 } }]);
		expect(executed.output('Finish Run')).toMatchObject([{ status: expect.stringMatching(/^(previewed|held)$/) }]);
		expect([quantities(), bench.simulators.syncro.writes()]).toEqual(before);
	});

	it('are brought in step where that is chosen, once; what Syncro counts by itself is never written', async () => {
		const settings = { mode: 'apply', safeguards: { minBilledChange: 100 } };
		const executed = await run(settings);
		expect(executed.error).toBe('');
		const held = executed.output('Get Family Counts')!.find((one) => one.family === STANDARD)!.holders as number;
		expect(held).not.toBe(9);
		expect(quantities()).toEqual([['Support, flat', 1], ['Microsoft 365 Business Premium', 0], [STANDARD, held], ['Managed devices', 0]]);
		expect(executed.output('Finish Run')).toMatchObject([{ status: 'succeeded' }]);
		const writes = bench.simulators.syncro.writes();
		const again = await run(settings);
		expect(again.error).toBe('');
		expect(again.output('Plan', 2)).toMatchObject([{ counts: { update: 0, link: 0 }, verdict: 'ok' }]);
		expect(again.output('Compare Licences')!.find(({ family }) => family === STANDARD)).toMatchObject({ verdict: 'same' });
		expect([bench.simulators.syncro.writes(), bench.simulators.syncro.state.quantitiesForCounters]).toEqual([writes, []]);
	});
});
