import { HARBOR_TENANT_ID, PEOPLE, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import { execute, type Executed } from './support/inProcess';
import { openWorkbench, type Workbench } from './support/tenantAndCustomer';

let bench: Workbench;
beforeEach(async () => {
	bench = await openWorkbench();
}, 60_000);
afterEach(async () => await bench.stop());

const RAISE = { newSources: 'create' };
const CUSTOMER = '101';

/** From the start of a run to its end, for one tenant and one customer. */
async function run(records: 'alert' | 'ticket', plan: Record<string, unknown> = {}, preview = false): Promise<Executed> {
	const target = `syncro:${records}s`;
	const steps: Record<string, [type: string, parameters: INodeParameters]> = {
		Begin: ['n8n-nodes-base.manualTrigger', {}],
		'Start Run': ['n8n-nodes-entra-sync.syncLedger', { resource: 'run', operation: 'start', tenantId: HARBOR_TENANT_ID, target, account: SYNCRO_SUBDOMAIN, customerId: CUSTOMER }],
		'Get Findings': ['n8n-nodes-entra-sync.microsoft365', { resource: 'securityAudit', operation: 'getFindings', tenant: { __rl: true, mode: 'id', value: HARBOR_TENANT_ID } }],
		'Get Open': ['n8n-nodes-entra-sync.syncro', { resource: records, operation: 'getMany', customer: { __rl: true, mode: 'id', value: CUSTOMER } }],
		Match: ['n8n-nodes-entra-sync.contactMatch', {}],
		'Plan Changes': ['n8n-nodes-entra-sync.syncPlan', { mode: preview ? 'preview' : 'apply', target, ...plan } as INodeParameters],
		'Apply Changes': ['n8n-nodes-entra-sync.syncro', { resource: records, operation: 'applyPlan' }],
		'Finish Run': ['n8n-nodes-entra-sync.syncLedger', { resource: 'run', operation: 'finish' }],
	};
	const nodes = Object.entries(steps).map(([name, [type, parameters]], index): INode => ({ id: name, name, type, typeVersion: 1, position: [index * 200, 0], parameters }));
	const wires: Array<[from: string, to: string, input?: number]> = [
		['Begin', 'Start Run'], ['Start Run', 'Get Findings'], ['Start Run', 'Get Open'], ['Get Findings', 'Match'], ['Get Open', 'Match', 1], ['Match', 'Plan Changes'], ['Plan Changes', 'Apply Changes'], ['Apply Changes', 'Finish Run'],
	];
	const connections: IConnections = {};
	for (const [from, node, index = 0] of wires) ((connections[from] ??= { main: [[]] }).main[0] ??= []).push({ node, type: 'main', index });
	return await execute({ nodes, connections, settings: { executionOrder: 'v1' } }, bench.credentials, 'Begin');
}
const outcomes = (executed: Executed) => (executed.output('Apply Changes') as Array<Record<string, string>>).filter(({ kind }) => kind === 'outcome').map(({ action, outcome, sourceId }) => `${action} ${outcome} ${sourceId}`);
const harbor = () => bench.simulators.microsoft.world.tenant(HARBOR_TENANT_ID);

describe.each(['alert', 'ticket'] as const)('findings of the security audit as %ss', (records) => {
	it('are previewed, raised, left alone while they last, and closed when they are fixed or their person is gone', async () => {
		const preview = await run(records, RAISE, true);
		expect(preview.error).toBe('');
		const wanted = outcomes(preview);
		expect(wanted).toContain(`create previewed noMfa:${PEOPLE.omar}`);
		expect(bench.simulators.syncro.writes()).toBe(0);

		const raised = await run(records, RAISE);
		expect(raised.error).toBe('');
		expect(outcomes(raised)).toEqual(wanted.map((one) => one.replace('previewed', 'applied')));
		expect(raised.output('Finish Run')).toMatchObject([{ status: 'succeeded' }]);
		expect(outcomes(await run(records, RAISE))).toEqual([]);

		// Neither there nor in the bin any more: the audit says nothing of him, so he is looked up.
		harbor().hardDeleteUser(PEOPLE.omar);
		expect(outcomes(await run(records, RAISE))).toEqual([`delete applied noMfa:${PEOPLE.omar}`]);
		expect(outcomes(await run(records, RAISE))).toEqual([]);
		expect(bench.simulators.syncro.state.outbox).toEqual([]);
	}, 60_000);
});

it('findings are held for a decision as long as nobody chose to have them raised', async () => {
	const executed = await run('alert');
	expect(executed.error).toBe('');
	expect(outcomes(executed)).toEqual([]);
	expect((executed.output('Plan Changes', 1) as Array<Record<string, string>>).map(({ code, sourceId }) => `${code} ${sourceId}`)).toContain(`new noMfa:${PEOPLE.omar}`);
	expect(executed.output('Finish Run')).toMatchObject([{ status: 'succeeded' }]);
	expect(bench.simulators.syncro.writes()).toBe(0);
}, 60_000);
