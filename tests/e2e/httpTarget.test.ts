import { errorOf, outputOf } from '../../scripts/n8n/client';
import { PORTAL_ACCOUNT } from '../../scripts/workshop/credentials';
import { HARBOR_TENANT_ID, PORTAL_CUSTOMER } from '../../simulators/world';
import { lay, READ_PEOPLE, type Nodes, type Wire } from './support/canvas';
import { useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('httpTarget');

const PAIRING = { tenantId: HARBOR_TENANT_ID, target: 'http', account: PORTAL_ACCOUNT, customerId: PORTAL_CUSTOMER };
const FIELDS = {
	field: [
		{ field: 'externalId', path: '', type: 'text' },
		{ field: 'name', path: '', type: 'text' },
		{ field: 'email', path: '', type: 'text' },
		{ field: 'active', path: '', type: 'boolean' },
	],
};
const FURTHER = { value: [{ path: 'customerId', value: '{customerId}', type: 'text', with: ['create'] }] };

const nodes = (mode: 'preview' | 'apply'): Nodes => ({
	Start: ['syncLedger', { resource: 'run', operation: 'start', ...PAIRING }],
	People: READ_PEOPLE,
	Users: ['httpTarget', { resource: 'record', operation: 'getMany', customerId: PORTAL_CUSTOMER, path: '/users?customerId={customerId}', listPath: 'data', fields: FIELDS, paging: 'link', nextPath: 'next' }],
	Match: ['contactMatch', {}],
	// The people are many more than the two whom the portal has: somebody has looked at that.
	Plan: ['syncPlan', { mode, target: 'http', safeguards: { maxCreates: 100 } }],
	Apply: ['httpTarget', { resource: 'record', operation: 'applyPlan', fields: FIELDS, fixed: FURTHER, verify: 'answer', options: { readPath: '/users/{recordId}' } }],
	Finish: ['syncLedger', { resource: 'run', operation: 'finish' }],
});
const WIRES: Wire[] = [['Begin', 'Start'], ['Start', 'People'], ['Start', 'Users'], ['People', 'Match'], ['Users', 'Match', 1], ['Match', 'Plan'], ['Plan', 'Apply'], ['Apply', 'Finish']];

async function run(mode: 'preview' | 'apply') {
	const execution = await workshop().n8n.client.runManually(await lay(workshop(), nodes(mode), WIRES));
	expect(errorOf(execution)).toBe('');
	return outputOf(execution, 'Apply');
}

describe('HTTP Target in a real n8n', () => {
	it('shows the requests, sends exactly these, and then nothing more', async () => {
		const { portal } = workshop().simulators;
		const sent = () => portal.seen.filter(({ method }) => method !== 'GET').map(({ method, url, body }) => ({ method, path: url.pathname, body: JSON.parse(body) as unknown }));
		const shown = await run('preview');
		expect(sent()).toEqual([]);
		expect(shown.length).toBeGreaterThan(3);
		const outcomes = await run('apply');
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(shown.map(() => 'applied'));
		expect(sent()).toEqual(shown.map(({ request }) => request));
		expect(portal.state.users.rows.find(({ email }) => email === 'ada.brandt@harbordental.example')).toMatchObject({ name: expect.not.stringContaining('Old-Name') });
		expect(await run('apply')).toEqual([expect.objectContaining({ kind: 'emptyList', list: 'outcomes' })]);
	});
});
