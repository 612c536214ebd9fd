import fc from 'fast-check';
import type { Ledger } from '../../../sync/ledger/ledger';
import type { Pairing } from '../../../sync/model/pairing';
import type { SourceRecord } from '../../../sync/model/sourceRecord';
import { assetsToMatch, assetTypeNamed, getAsset } from '../../../sync/target/syncro/assets/assets';
import { syncroAssets } from '../../../sync/target/syncro/assets/definition';
import { assetStore } from '../../../sync/target/syncro/assets/store';
import type { SyncroClient } from '../../../sync/target/syncro/client';
import type { SyncroSeed } from '../../../simulators/syncro/seed';
import { openAccount, SEED, type Account } from './support/account';
import { Process } from './support/process';
import { planRecords, syncRecords, type RecordSync } from './support/recordRuns';
import { LEASE_SECONDS, openTestLedger } from './support/runs';

const LAPTOP = { id: '7', name: 'Laptop' };
const WITH_ASSETS: SyncroSeed = {
	...SEED,
	assetTypes: [{ id: 7, name: 'Laptop', fields: [{ id: 70, name: 'OS' }, { id: 71, name: 'Last Seen' }, { id: 72, name: 'M365 Status' }] }, { id: 8, name: 'Phone' }],
	assets: [
		{ id: 501, customer_id: 1, name: 'PC-ADA', asset_type: 'Laptop', asset_serial: 'PF4ABC12', properties: { OS: 'Windows', Room: '12' } },
		{ id: 502, customer_id: 1, name: 'Printer', asset_type: 'Phone' },
		{ id: 503, customer_id: 2, name: 'PC-ADA', asset_type: 'Laptop', asset_serial: 'PF4ABC12' },
	],
};
const ADA = 'f0000000-0000-4000-8000-000000000001';
const pc = (id: string, more: object = {}): SourceRecord => ({ kind: 'managedDevice', tenantId: 't', id, deviceName: `PC-${id.toUpperCase()}`, serialNumber: `SERIAL-${id}`, userId: null, operatingSystem: 'Windows', ...more });
const ada = pc('ada', { serialNumber: 'pf4abc12', userId: ADA });
const row = (field: string, source: string) => ({ field, source, whenBlank: 'keep' as const });
const MAPPING = [...syncroAssets.defaultMapping, row('properties.OS', 'operatingSystem')];

let account: Account;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	account = await openAccount(WITH_ASSETS);
	opened = await openTestLedger(account.clock);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	Object.assign(account.simulator.quirks, { assetsMeta: 'absent', assetsPerPage: 50, propertiesOnPut: 'replace', unknownProperties: 'drop', assetContactOnPut: 'ignore', assetPropertiesOnPost: 'ignore' });
	account.clock.moment += 120_000;
});
afterAll(async () => {
	await account.simulator.stop();
	await opened.close();
});

const pairingOf = (target = 'syncro:assets'): Pairing => ({ tenantId: `tenant-${tenants++}`, target, account: 'acme', customerId: '1' });
function job(more: Partial<RecordSync> = {}, client: SyncroClient = account.client(), ledger: Ledger = opened.ledger): RecordSync {
	return {
		store: assetStore(client, LAPTOP), ledger, pairing: pairingOf(), sources: [ada], mapping: MAPPING, rules: [{ by: 'serial' }, { by: 'nameAndOwner' }],
		records: async () => await assetsToMatch(client, '1', { withContacts: false }), ...more,
	};
}
const asset = (id: number) => account.simulator.state.assets.get(id)!;
const written = () => account.simulator.seen.filter(({ method }) => method !== 'GET').map(({ method, url, body }) => [method, url.pathname.replace('/api/v1', ''), JSON.parse(body) as unknown]);
const created = () => account.simulator.state.assets.ordered().filter(({ id }) => id > 503).map(({ name, asset_serial, properties, asset_type }) => ({ name, asset_serial, properties, asset_type }));

describe('Assets of a customer', () => {
	it('are read with the custom fields of their type, blank ones included; what Syncro does not tell is absent', async () => {
		expect(await assetsToMatch(account.client(), '1', { withContacts: false })).toMatchObject([
			{ kind: 'asset', target: 'syncro:assets', account: 'acme', customerId: '1', id: '501', name: 'PC-ADA', asset_serial: 'PF4ABC12', contact_id: null, asset_type: 'Laptop', allFields: true, properties: { OS: 'Windows', 'Last Seen': null, 'M365 Status': null, Room: '12' } },
			{ id: '502', asset_type: 'Phone', properties: {} },
		]);
		expect((await assetsToMatch(account.client(), '1', { withContacts: false }))[1]).not.toHaveProperty('allFields');
	});
	it.each(['absent', 'pagesOnly', 'full'] as const)('are read to the last page with meta %s', async (assetsMeta) => {
		Object.assign(account.simulator.quirks, { assetsMeta, assetsPerPage: 1 });
		expect((await assetsToMatch(account.client(), '1', { withContacts: true })).map(({ id }) => id)).toEqual(['501', '502']);
	});
	it('bring the address of their contact along where that is asked for, with one read of the contacts', async () => {
		asset(501).contact_id = 11;
		const assets = await assetsToMatch(account.client(), '1', { withContacts: true });
		expect(assets.map(({ contact_id, contactEmail }) => [contact_id, contactEmail])).toEqual([['11', 'ada@northwind.example'], [null, undefined]]);
		expect(account.simulator.seen.filter(({ url }) => url.pathname.endsWith('/contacts'))).toHaveLength(1);
	});
	it('are told apart from another asset that comes instead of one', async () => {
		account.simulator.faults.add({ path: '/customer_assets/501', fault: { kind: 'answer', status: 200, body: { asset: { id: 502, customer_id: 1, name: 'x' } } } });
		await expect(getAsset(account.client(), '501')).rejects.toMatchObject({ code: 'syncro.malformed' });
		await expect(getAsset(account.client(), '999')).rejects.toMatchObject({ class: 'notFound' });
	});
});

describe('A device that Intune manages', () => {
	it('is matched by its serial number, kept up to date, and then nothing changes any more', async () => {
		const own = job({ sources: [{ ...ada, operatingSystem: 'Windows 11', deviceName: 'pc-ada' }] });
		expect((await syncRecords(own)).plan.changes).toMatchObject([{ action: 'update', rule: 'serial', recordId: '501', fields: [{ field: 'properties.OS', before: 'Windows', after: 'Windows 11' }] }]);
		expect(written()).toEqual([['PUT', '/customer_assets/501', { name: 'PC-ADA', properties: { OS: 'Windows 11', Room: '12' } }]]);
		account.simulator.seen.length = 0;
		expect((await syncRecords(own)).plan).toMatchObject({ changes: [], counts: { unchanged: 1 } });
		expect(written()).toEqual([]);
	});
	it('stays with its asset when both of its names change', async () => {
		const own = job();
		await syncRecords(own);
		await syncRecords({ ...own, sources: [{ ...ada, deviceName: 'PC-KING', serialNumber: 'OTHER-1' }] });
		expect(asset(501)).toMatchObject({ name: 'PC-KING', asset_serial: 'OTHER-1', properties: { OS: 'Windows' } });
	});
	it('that has no asset is skipped as long as nobody chose to create any', async () => {
		expect((await syncRecords(job({ sources: [pc('new')] }))).plan).toMatchObject({ changes: [], skipped: [{ code: 'new', reason: 'PC-NEW has no asset, and New Devices says to skip them.' }] });
	});
	it('becomes an asset of the chosen type, its custom fields in a second request, and then nothing changes any more', async () => {
		const own = job({ sources: [pc('new')], policies: { new: 'create' } });
		expect((await syncRecords(own)).outcomes).toMatchObject([{ outcome: 'applied', message: 'Created.' }]);
		expect(written()).toMatchObject([
			['POST', '/customer_assets', { customer_id: 1, asset_type_name: 'Laptop', name: 'PC-NEW', asset_serial: 'SERIAL-new' }],
			['PUT', expect.stringMatching(/^\/customer_assets\/\d+$/), { name: 'PC-NEW', properties: { OS: 'Windows' } }],
		]);
		expect(created()).toEqual([{ name: 'PC-NEW', asset_serial: 'SERIAL-new', asset_type: 'Laptop', properties: { OS: 'Windows' } }]);
		expect((await syncRecords(own)).plan).toMatchObject({ changes: [], counts: { unchanged: 1 } });
	});
	it('is not created without a serial number, nor a second time beside a record with the same', async () => {
		const { plan } = await syncRecords(job({ sources: [pc('a', { serialNumber: 'Default string' }), pc('b', { serialNumber: 'SAME-1' }), pc('c', { serialNumber: 'same-1' })], policies: { new: 'create' } }));
		expect(plan.changes).toEqual([]);
		expect(plan.skipped).toMatchObject([{ code: 'noSerial', reason: expect.stringContaining('PC-A has no serial number that tells it from other devices') }]);
		expect(plan.held.map(({ code }) => code)).toEqual(['valueTaken', 'valueTaken']);
	});
	it('that left Intune is marked, not deleted', async () => {
		const own = job();
		await syncRecords(own);
		const { plan } = await syncRecords({ ...own, sources: [pc('other')], whereabouts: [['ada', 'gone']] });
		expect(plan.changes).toMatchObject([{ action: 'deactivate', fields: [{ label: 'M365 Status', after: 'Left Microsoft 365' }] }]);
		expect(asset(501).properties).toMatchObject({ 'M365 Status': 'Left Microsoft 365', OS: 'Windows' });
		expect(syncroAssets.choices.orphaned).not.toContain('delete');
		expect((await syncRecords(own)).plan.changes).toMatchObject([{ fields: [{ label: 'M365 Status', after: null }] }]);
	});
	it('that is enrolled again has another id, and keeps its asset; the mark it may have got is taken off', async () => {
		const own = job();
		await syncRecords(own);
		const again: Partial<RecordSync> = { sources: [{ ...ada, id: 'again' }], whereabouts: [['ada', 'gone']], policies: { new: 'create' } };
		const { plan } = await syncRecords({ ...own, ...again });
		expect(plan.changes).toMatchObject([{ action: 'link', sourceId: 'again', recordId: '501', rule: 'serial', replaces: 'ada', reason: 'Found by serial; the pair is remembered from now on, instead of the one with a device that is gone.' }]);
		expect((await opened.ledger.links(own.pairing)).map(({ sourceId, recordId }) => [sourceId, recordId])).toEqual([['again', '501']]);
		expect((await syncRecords({ ...own, ...again })).plan.changes).toEqual([]);
		await syncRecords({ ...own, sources: [pc('other')], whereabouts: [['again', 'gone']] });
		expect(asset(501).properties).toMatchObject({ 'M365 Status': 'Left Microsoft 365' });
		await syncRecords({ ...own, sources: [{ ...ada, id: 'third' }], whereabouts: [['again', 'gone']] });
		expect(asset(501).properties).toMatchObject({ 'M365 Status': '' });
		expect((await opened.ledger.links(own.pairing)).map(({ sourceId }) => sourceId)).toEqual(['third']);
	});
	it('does not take over the asset of one that is only filtered out', async () => {
		const own = job();
		await syncRecords(own);
		const { plan } = await syncRecords({ ...own, sources: [{ ...ada, id: 'again' }], whereabouts: [['ada', 'filteredOut']], policies: { new: 'create' } });
		expect(plan.changes).toEqual([]);
		expect(plan.held).toMatchObject([{ code: 'valueTaken' }]);
	});
	it('writes the day when it was last seen only when it moved a week', async () => {
		const seen = (day: string) => [{ ...ada, lastSyncDateTime: `${day}T08:00:00Z` }];
		const own = job({ mapping: [row('properties.Last Seen', 'lastSeen')], now: Date.parse('2026-11-24') });
		await syncRecords({ ...own, sources: seen('2026-11-10') });
		expect((await syncRecords({ ...own, sources: seen('2026-11-13') })).plan.changes).toEqual([]);
		expect((await syncRecords({ ...own, sources: seen('2026-11-17') })).plan.changes).toHaveLength(1);
	});
});

describe('The owner of a device', () => {
	async function linked(more: Partial<RecordSync> = {}): Promise<RecordSync> {
		const own = job(more);
		const pairing = { ...own.pairing, target: 'syncro' };
		const { run } = await opened.ledger.startRun({ pairing, executionId: 'people', leaseSeconds: LEASE_SECONDS });
		await opened.ledger.rememberLinks(run.runId, 'plan-1', [{ pairing, sourceId: ADA, recordId: '11', label: 'Ada', rule: 'email', message: '' }]);
		await opened.ledger.finishRun(run.runId, { status: 'succeeded' });
		return own;
	}
	it('ties the asset to the contact, where Syncro takes it', async () => {
		account.simulator.quirks.assetContactOnPut = 'store';
		const own = await linked();
		await syncRecords(own);
		expect(asset(501).contact_id).toBe(11);
		expect((await syncRecords(own)).plan.changes).toEqual([]);
	});
	it('is told once where Syncro does not take it, and not tried again, not even after weeks, until the owner changes', async () => {
		const own = await linked();
		const { outcomes } = await syncRecords(own);
		expect(outcomes).toMatchObject([{ outcome: 'applied', notStored: ['contact_id'], message: expect.stringContaining('assign it on Syncro\'s screen') }]);
		account.simulator.seen.length = 0;
		for (const days of [0, 8, 30]) {
			expect((await planRecords({ ...own, now: account.clock.now() + days * 86_400_000 }))).toMatchObject({ changes: [], skipped: [], counts: { unchanged: 1 } });
		}
		expect((await planRecords({ ...own, sources: [{ ...ada, ownerContactId: '12', userId: undefined }] })).changes).toMatchObject([{ fields: [{ field: 'contact_id', after: '12' }] }]);
	});
	it('finds the asset by its name, where there is no serial number', async () => {
		asset(501).contact_id = 11;
		const { plan } = await syncRecords(await linked({ sources: [{ ...ada, serialNumber: 'None' }] }));
		expect(plan.changes).toMatchObject([{ action: 'link', recordId: '501', rule: 'nameAndOwner' }]);
	});
	it('of a device that only Entra knows suggests the asset; nothing is written, linked or created', async () => {
		asset(501).contact_id = 11;
		const device: SourceRecord = { kind: 'device', tenantId: 't', id: 'e', displayName: 'pc-ada', registeredOwners: [{ id: ADA }] };
		const own = await linked({ sources: [device, { ...device, id: 'f', displayName: 'Tablet' }], policies: { new: 'create' } });
		const { plan } = await syncRecords(own);
		expect(plan).toMatchObject({ changes: [], held: [] });
		expect(plan.skipped.map(({ code, reason }) => [code, reason])).toEqual([
			['suggestion', 'pc-ada is known to Entra, but not managed by Intune, and has no serial number; it may be the asset PC-ADA (501), in which nothing is changed.'],
			['suggestion', 'Tablet is known to Entra, but not managed by Intune, and has no serial number; no asset fits it.'],
		]);
		expect(await opened.ledger.links(own.pairing)).toEqual([]);
		expect(written()).toEqual([]);
	});
});

describe('A custom field of assets', () => {
	it('that the type does not have is named with where to create it, and not written', async () => {
		const own = job({ mapping: [row('properties.Colour', 'operatingSystem')] });
		await syncRecords(own);
		expect((await syncRecords(own)).plan.skipped).toMatchObject([{ code: 'noCustomField', reason: expect.stringMatching(/"Colour", because assets of this type in Syncro have no custom field of this name\. Create it in Syncro under Admin → Assets → Asset Types/) }]);
		expect(written()).toEqual([]);
	});
	it('that a new asset does not keep is named with where to create it', async () => {
		const { outcomes } = await syncRecords(job({ sources: [pc('new')], policies: { new: 'create' }, mapping: [...MAPPING, row('properties.Colour', 'operatingSystem')] }));
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', notStored: ['properties.Colour'], message: expect.stringContaining('Create it in Syncro under Admin → Assets → Asset Types, as a field of this asset type with exactly this name: "Colour".') });
	});
	it('is not written over what an answer does not show', async () => {
		const { store, pairing } = job();
		const change = { kind: 'change', planId: 'p', mode: 'apply', pairing, action: 'update', sourceId: 'ada', recordId: '501', label: 'PC-ADA', fields: [], reason: '' } as const;
		const current = { kind: 'asset', target: 'syncro:assets', account: 'acme', customerId: '1', id: '501', name: 'PC-ADA' };
		await expect(store.update(current, [{ field: 'properties.OS', label: 'OS', after: 'x' }], { change: { ...change, fields: [] }, call: {}, doing: 'update the asset' })).rejects.toMatchObject({ code: 'syncro.malformed' });
		expect(written()).toEqual([]);
	});
});

describe('The type of new assets', () => {
	it('is found by its name or its id', async () => {
		expect(await assetTypeNamed(account.client(), ' laptop ')).toMatchObject({ id: '7', name: 'Laptop' });
		expect(await assetTypeNamed(account.client(), '8')).toMatchObject({ name: 'Phone' });
	});
	it.each([['Toaster', 'Syncro has no asset type "Toaster".'], ['', 'The plan creates assets, but no asset type is chosen for them.']])('that is "%s" is refused, and those that there are are named', async (name, message) => {
		await expect(assetTypeNamed(account.client(), name)).rejects.toMatchObject({ class: 'input', message, remedy: 'Choose one of "Laptop", "Phone" in Asset Type of this node. Nothing was written.' });
	});
	it('is taken as it is named where Syncro does not tell its types', async () => {
		account.simulator.faults.add({ path: '/settings', fault: { kind: 'answer', status: 200, body: {} } });
		expect(await assetTypeNamed(account.client(), 'Laptop')).toEqual({ id: '', name: 'Laptop' });
	});
});

describe('An asset', () => {
	it('is never deleted, since Syncro has no request for it', async () => {
		await expect(job().store.remove({} as never, { change: {} as never, call: {}, doing: 'delete the asset "PC"' })).rejects.toMatchObject({ message: 'Could not delete the asset "PC": Syncro has no request that deletes an asset.', remedy: 'Delete the asset in Syncro by hand.' });
		expect(account.simulator.seen).toEqual([]);
	});
	it('is not assigned to what is no contact', async () => {
		const { outcomes } = await syncRecords(job({ sources: [{ ...ada, department: 'Sales' }], mapping: [row('contact_id', 'department')] }));
		expect(outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('"Sales" is not the id of a Syncro contact.') }]);
		expect(written()).toEqual([]);
	});
	it('is changed as the preview says, which writes nothing itself', async () => {
		const own = job({ sources: [{ ...ada, operatingSystem: 'macOS' }, pc('new')], policies: { new: 'create' } });
		const preview = await planRecords({ ...own, mode: 'preview' });
		expect(written()).toEqual([]);
		const { plan } = await syncRecords(own);
		expect([plan.planId, plan.changes.map((change) => ({ ...change, mode: 'preview' }))]).toEqual([preview.planId, preview.changes]);
	});
});

describe('A run over assets that is killed', () => {
	const sources = [{ ...ada, operatingSystem: 'macOS' }, pc('b'), pc('c', { operatingSystem: 'iOS' })];
	const run = async (life: Process, pairing: Pairing, kinds = sources) => {
		const client = account.client({ transport: life.transport(account.transport) });
		return await syncRecords(job({ pairing, sources: kinds, policies: { new: 'create' } }, client, life.ledger(opened.ledger)));
	};
	const endState = async (pairing: Pairing) => ({
		assets: account.simulator.state.assets.ordered().map(({ name, asset_serial, customer_id, properties }) => JSON.stringify({ name, asset_serial, customer_id, properties })).sort(),
		links: (await opened.ledger.links(pairing)).map(({ sourceId, recordId }) => `${sourceId} → ${asset(Number(recordId)).asset_serial}`).sort(),
		open: (await opened.ledger.openIntents(pairing)).length,
	});
	it('at any boundary of any request or ledger step is completed by the next run, without a duplicate', async () => {
		const whole = pairingOf();
		const life = new Process();
		await run(life, whole);
		const unbroken = await endState(whole);
		expect(unbroken).toMatchObject({ assets: { length: 5 }, links: ['ada → PF4ABC12', 'b → SERIAL-b', 'c → SERIAL-c'], open: 0 });
		expect(life.passed).toBeGreaterThan(30);
		for (let killAt = 0; killAt < life.passed; killAt++) {
			account.simulator.state.reset();
			const pairing = pairingOf();
			const dying = new Process(killAt);
			await run(dying, pairing).catch((error: Error) => {
				if (!dying.dead) throw error;
			});
			account.clock.moment += LEASE_SECONDS * 1000 + 1;
			await run(new Process(), pairing);
			expect({ killAt, ...(await endState(pairing)) }).toEqual({ killAt, ...unbroken });
		}
	}, 120_000);
	it('in worlds of any kind ends like one that was never killed, and then plans nothing', async () => {
		const kinds = fc.subarray(['ada', 'b', 'c'], { minLength: 1 }).chain((ids) =>
			fc.tuple(...ids.map((id) => fc.constantFrom('Windows', 'iOS').map((operatingSystem) => (id === 'ada' ? { ...ada, operatingSystem } : pc(id, { operatingSystem }))))),
		);
		await fc.assert(
			fc.asyncProperty(kinds, fc.nat(60), fc.constantFrom('replace' as const, 'merge' as const), fc.constantFrom('store' as const, 'ignore' as const), async (list, killAt, onPut, onPost) => {
				Object.assign(account.simulator.quirks, { propertiesOnPut: onPut, assetPropertiesOnPost: onPost });
				account.simulator.state.reset();
				const whole = pairingOf();
				await run(new Process(), whole, list);
				const unbroken = await endState(whole);
				account.simulator.state.reset();
				const pairing = pairingOf();
				const dying = new Process(killAt);
				await run(dying, pairing, list).catch((error: Error) => {
					if (!dying.dead) throw error;
				});
				account.clock.moment += LEASE_SECONDS * 1000 + 1;
				await run(new Process(), pairing, list);
				expect(await endState(pairing)).toEqual(unbroken);
				expect((await run(new Process(), pairing, list)).plan.changes).toEqual([]);
			}),
			{ numRuns: 15 },
		);
	}, 120_000);
});
