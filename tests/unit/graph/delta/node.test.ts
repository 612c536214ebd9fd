import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedLedger } from '../../../../nodes/connect/ledger';
import { GROUPS, HARBOR_TENANT_ID, PEOPLE, smallWorld, type TenantDirectory } from '../../../../simulators/world';
import { FakeN8n } from '../../ledger/support/fakeExecution';
import { NodeInABox, type Run } from '../nodeInABox';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

const folder = mkdtempSync(join(tmpdir(), 'entra-changes-node-'));
let count = 0;
let box: TenantInABox;
let harbor: TenantDirectory;
let ledgerCredential: { type: string; path: string };
const n8n = new NodeInABox(() => box);

beforeEach(async () => {
	box = await startTenantInABox({ world: smallWorld() });
	harbor = box.microsoft.world.tenant(HARBOR_TENANT_ID);
	ledgerCredential = { type: 'sqlite', path: join(folder, `${++count}.sqlite`) };
	n8n.hints.length = 0;
});
afterEach(async () => {
	await box.microsoft.stop();
	await (await sharedLedger(ledgerCredential as { type: 'sqlite'; path: string })).close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const changes = async (resource: string, parameters: object = {}, run: Partial<Run> = {}) =>
	await n8n.run({ parameters: { resource, operation: 'getChanges', ...parameters }, credentials: { syncLedgerApi: ledgerCredential }, ...run });
const modes = (items: object[]) => [...new Set(items.map((item) => (item as { mode?: string }).mode))];
const AT_ONCE = { options: { moveCursor: 'atOnce' } };

/** The Sync Ledger node over the same ledger, in the same execution. */
const ledgerNode = async (operation: string, parameters: Record<string, unknown> = {}) =>
	await new FakeN8n(ledgerCredential).execute({ resource: 'cursor', operation, parameters, executionId: '1', instanceId: 'n8n' });

describe('User → Get Changes', () => {
	it('reads everything until the cursor is moved, then only who changed', async () => {
		expect(modes(await changes('user'))).toEqual(['reconcile']);
		expect(modes(await changes('user'))).toEqual(['reconcile']);
		expect(await ledgerNode('move')).toMatchObject([{ kind: 'cursor', tenantId: HARBOR_TENANT_ID, resource: 'users', syncName: 'w1/Microsoft 365' }]);
		expect(await changes('user')).toEqual([{ kind: 'emptyList', list: 'people', tenantId: HARBOR_TENANT_ID, mode: 'incremental', note: 'Nothing has changed since the last time.' }]);
		harbor.renameUser(PEOPLE.ada, { displayName: 'Ada Nyberg' });
		expect(await changes('user')).toMatchObject([{ kind: 'person', id: PEOPLE.ada, displayName: 'Ada Nyberg', change: 'changed', mode: 'incremental' }]);
	});

	it('may move the cursor at once', async () => {
		expect(modes(await changes('user', AT_ONCE))).toEqual(['reconcile']);
		expect(modes(await changes('user', AT_ONCE))).toEqual(['incremental']);
		expect(await ledgerNode('getMany')).toMatchObject([{ kind: 'cursor', open: 0, softDeleted: 0 }]);
	});

	it('gives the people that Get Many gives, with the same filters', async () => {
		const filters = { filters: { licensedOnly: true, domains: 'harbordental.example' } };
		const many = await n8n.run({ parameters: { resource: 'user', operation: 'getMany', ...filters } });
		const first = (await changes('user', filters)).map(({ change: _, mode: __, ...person }) => person);
		expect(first).toEqual(many);
	});

	it('has a place of its own for each sync, property list and filter', async () => {
		await changes('user', AT_ONCE);
		expect(modes(await changes('user', { options: { syncName: 'Another' } }))).toEqual(['reconcile']);
		expect(modes(await changes('user', { properties: ['displayName'] }))).toEqual(['reconcile']);
		expect(modes(await changes('user', { filters: { licensedOnly: true } }))).toEqual(['reconcile']);
		expect(modes(await changes('user', AT_ONCE))).toEqual(['incremental']);
	});

	it('says so when Microsoft 365 forgot the place, and reads everything', async () => {
		await changes('user', AT_ONCE);
		box.microsoft.deltaTokens.expireAll();
		expect(modes(await changes('user', AT_ONCE))).toEqual(['reconcile']);
		expect(n8n.hints).toEqual([expect.stringContaining(`no longer tells what changed in tenant ${HARBOR_TENANT_ID}`)]);
		expect(modes(await changes('user', AT_ONCE))).toEqual(['incremental']);
	});

	it('begins anew when the cursor was forgotten', async () => {
		await changes('user', AT_ONCE);
		expect(await ledgerNode('forget', { which: 'chosen', filters: { tenantId: HARBOR_TENANT_ID.toUpperCase() } })).toMatchObject([{ forgotten: 1 }]);
		expect(modes(await changes('user'))).toEqual(['reconcile']);
	});

	it('does not take anything for the moment at which the cursor moves', async () => {
		const context = n8n.context({ parameters: { resource: 'user', operation: 'getChanges', options: { moveCursor: '' } }, credentials: { syncLedgerApi: ledgerCredential } });
		await expect(n8n.node.execute.call(context)).rejects.toThrow('Move the Cursor is "", which is neither "finish" nor "atOnce".');
	});
});

describe('Group → Get Changes', () => {
	it('tells who came and went', async () => {
		const first = await changes('group', AT_ONCE);
		expect(first.find(({ id }) => id === GROUPS.allStaff)).toMatchObject({ kind: 'group', groupKind: expect.any(String), members: expect.arrayContaining([{ id: PEOPLE.ada, type: 'user' }]) });
		harbor.removeMember(GROUPS.allStaff, PEOPLE.ada);
		expect(await changes('group', AT_ONCE)).toMatchObject([{ id: GROUPS.allStaff, membersAdded: [], membersRemoved: [PEOPLE.ada] }]);
		expect(await changes('group', AT_ONCE)).toMatchObject([{ kind: 'emptyList', list: 'groups', mode: 'incremental' }]);
	});
});

describe('Device → Get Changes', () => {
	it('tells what changed of a device', async () => {
		expect((await changes('device', AT_ONCE)).length).toBe(harbor.devices.length);
		const [{ id }] = harbor.devices;
		harbor.updateDevice(id, { displayName: 'RENAMED' });
		expect(await changes('device', AT_ONCE)).toMatchObject([{ kind: 'device', id, displayName: 'RENAMED', change: 'changed', mode: 'incremental' }]);
	});
});

describe('Sync Ledger → Cursor', () => {
	it('says when there is none, and forgets none that was not chosen', async () => {
		expect(await ledgerNode('getMany')).toMatchObject([{ kind: 'emptyList', list: 'cursors' }]);
		expect(await ledgerNode('move')).toMatchObject([{ kind: 'emptyList', list: 'cursors', note: expect.stringContaining('has read no changes') }]);
		await changes('user', AT_ONCE);
		const refused = await new FakeN8n(ledgerCredential).refusal({ resource: 'cursor', operation: 'forget', parameters: { filters: { tenantId: '' } } });
		expect(refused.message).toBe('No cursor is chosen.');
		expect(await ledgerNode('forget', { which: 'all' })).toMatchObject([{ forgotten: 1 }]);
	});
});
