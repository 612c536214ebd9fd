import type { INode } from 'n8n-workflow';
import { HARBOR_TENANT_ID, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import { execute, type Executed } from './support/inProcess';
import { openWorkbench, type Workbench } from './support/tenantAndCustomer';

let bench: Workbench;

beforeAll(async () => {
	bench = await openWorkbench();
}, 60_000);
afterAll(async () => await bench.stop());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const tenant = byId(HARBOR_TENANT_ID);
const customer = byId('101');

/** One kind of records in step with the people of the tenant; all else as the panels have it. */
async function run(resource: 'contact' | 'portalUser', plan: Record<string, unknown>, apply: Record<string, unknown> = {}): Promise<Executed> {
	const target = resource === 'contact' ? 'syncro' : 'syncro:portal-users';
	const steps: Record<string, [string, Record<string, unknown>]> = {
		Begin: ['n8n-nodes-base.manualTrigger', {}],
		'Start Run': ['syncLedger', { resource: 'run', operation: 'start', tenantId: HARBOR_TENANT_ID, target, account: SYNCRO_SUBDOMAIN, customerId: '101' }],
		'Get People': ['microsoft365', { resource: 'user', operation: 'getMany', tenant }],
		'Get Records': ['syncro', { resource, operation: 'getMany', customer }],
		Match: ['contactMatch', { authentication: 'app' }],
		Plan: ['syncPlan', { target, ...plan }],
		Apply: ['syncro', { resource, operation: 'applyPlan', ...apply }],
		'Finish Run': ['syncLedger', { resource: 'run', operation: 'finish' }],
	};
	const nodes = Object.entries(steps).map(([name, [type, parameters]], index): INode => ({
		id: name, name, type: type.includes('.') ? type : `n8n-nodes-entra-sync.${type}`, typeVersion: 1, position: [index * 200, 0], parameters: parameters as INode['parameters'],
	}));
	const to = (...targets: Array<[string, number?]>) => ({ main: [targets.map(([node, index = 0]) => ({ node, type: 'main' as const, index }))] });
	const connections = {
		Begin: to(['Start Run']), 'Start Run': to(['Get People'], ['Get Records']), 'Get People': to(['Match']), 'Get Records': to(['Match', 1]), Match: to(['Plan']), Plan: to(['Apply']), Apply: to(['Finish Run']),
	};
	return await execute({ nodes, connections, settings: { executionOrder: 'v1' } } as Parameters<typeof execute>[0], bench.credentials, 'Begin');
}

const outbox = () => bench.simulators.syncro.state.invitations.map(({ email }) => email).sort();
const planned = (executed: Executed) => (executed.output('Plan') as unknown as Array<{ fields?: Array<{ field: string; after: string }> }>).flatMap(({ fields }) => fields?.filter(({ field }) => field === 'invitation') ?? []).map(({ after }) => after).sort();
const skips = (executed: Executed) => (executed.output('Plan', 2)![0].skipped as Array<{ code: string }>).map(({ code }) => code);
const INVITING = { newSources: 'create', invite: 'new', invitationsPerRun: 2 };
const NO_BRAKES = { safeguards: { maxCreates: 1000 }, mode: 'apply' };

describe('The people of a tenant and the client portal of a customer', () => {
	it('wait for their contacts, are shown in a preview, and are then created and invited, so many in a run and each once', async () => {
		const without = await run('portalUser', INVITING);
		expect(without.error).toBe('');
		expect(new Set(skips(without))).toEqual(new Set(['noContact', 'noEmail']));

		expect((await run('contact', NO_BRAKES)).error).toBe('');
		const preview = await run('portalUser', INVITING);
		expect(preview.error).toBe('');
		expect([planned(preview).length, outbox()]).toEqual([2, []]);
		expect(preview.output('Apply')!.map(({ outcome }) => outcome)).toContain('previewed');
		expect(skips(preview)).toContain('invitationCap');

		const before = bench.simulators.syncro.writes();
		const refused = await run('portalUser', { ...INVITING, ...NO_BRAKES });
		expect(refused.error).toContain('Send Invitations is off');
		expect([outbox(), bench.simulators.syncro.writes()]).toEqual([[], before]);
		bench.beginAfresh();

		expect((await run('contact', NO_BRAKES)).error).toBe('');
		const sent = await run('portalUser', { ...INVITING, ...NO_BRAKES }, { sendInvitations: true });
		expect(sent.error).toBe('');
		expect(outbox()).toEqual(planned(preview));
		// Two had access before: they are linked, one of them now also to the contact, and not invited.
		const users = bench.simulators.syncro.state.portalUsers.ordered().filter(({ customer_id }) => customer_id === 101);
		expect([users.length, users.filter(({ contact_id }) => contact_id === null)]).toEqual([4, []]);
		expect(sent.output('Finish Run')).toMatchObject([{ status: 'succeeded' }]);
		const rest = { ...INVITING, ...NO_BRAKES, invitationsPerRun: 100 };
		expect((await run('portalUser', rest, { sendInvitations: true })).error).toBe('');
		const mails = outbox();
		expect(mails.length).toBeGreaterThan(2);
		expect(new Set(mails).size).toBe(mails.length);
		const writes = bench.simulators.syncro.writes();
		const again = await run('portalUser', rest, { sendInvitations: true });
		expect([again.error, planned(again), bench.simulators.syncro.writes()]).toEqual(['', [], writes]);
	}, 60_000);
});
