import { simulatedAccount } from './support/caller';
import { SEED } from './support/seed';

const { call, set, simulator } = simulatedAccount(SEED);
const names = async (query: string) => ((await call('GET', `/customer_assets${query}`)).json.assets as Array<{ name: string }>).map(({ name }) => name);

describe('Assets of the simulated Syncro', () => {
	it('are listed by customer, type and part of name or serial', async () => {
		expect(await names('')).toEqual(['DESK', 'LASER', 'BENCH']);
		expect(await names('?customer_id=1')).toEqual(['DESK', 'LASER']);
		expect(await names('?asset_type_id=5&query=pf')).toEqual(['DESK', 'BENCH']);
		expect(await names('?asset_type_id=99')).toEqual([]);
	});

	it('are wrapped, and name their type instead of its id', async () => {
		const { asset } = (await call('GET', '/customer_assets/101')).json;
		expect(asset).toMatchObject({ id: 101, customer_id: 1, contact_id: 11, asset_type: 'Syncro Device', asset_serial: 'PF1', properties: { os: 'Windows 11' }, customer: { id: 1 } });
		expect(asset).not.toHaveProperty('asset_type_id');
	});

	it('lose the properties they are created with; a following PUT sets them', async () => {
		const sent = { customer_id: 1, name: 'NEW', asset_type_name: 'Syncro Device', asset_serial: 'PF9', properties: { os: 'Windows 11' } };
		const created = (await call('POST', '/customer_assets', sent)).json.asset as unknown as { id: number; properties: object };
		expect(created).toMatchObject({ name: 'NEW', asset_serial: 'PF9', contact_id: null });
		expect(created.properties).toEqual({});
		const changed = await call('PUT', `/customer_assets/${created.id}`, { name: 'NEW', properties: { os: 'Windows 11' } });
		expect(changed.json.asset).toMatchObject({ asset_serial: 'PF9', asset_type: 'Syncro Device', properties: { os: 'Windows 11' } });
		set({ assetPropertiesOnPost: 'store' });
		expect((await call('POST', '/customer_assets', sent)).json.asset).toMatchObject({ properties: { os: 'Windows 11' } });
	});

	it('need a type that exists, by name or by id', async () => {
		const sent = { customer_id: 1, name: 'NEW' };
		for (const type of [{}, { asset_type_name: 'Toaster' }, { asset_type_name: 'printer' }, { asset_type_id: 99 }]) {
			expect(await call('POST', '/customer_assets', { ...sent, ...type })).toMatchObject({
				status: 422, json: { success: false, message: ["Asset type can't be blank"], params: { ...sent, ...type } },
			});
		}
		expect((await call('POST', '/customer_assets', { ...sent, asset_type_id: 6 })).json.asset).toMatchObject({ asset_type: 'Printer' });
		simulator().state.assetTypes = [];
		expect((await call('POST', '/customer_assets', sent)).json.message).toContain('Name You must have an asset type first, please go create one');
		expect(await call('PUT', '/customer_assets/101', { name: 'DESK', asset_type_name: 'Toaster' })).toMatchObject({ status: 422, json: { message: ["Asset type can't be blank"] } });
	});

	it('need a name and a customer', async () => {
		expect((await call('POST', '/customer_assets', { asset_type_id: 5 })).json.message).toEqual(["Name can't be blank", "Customer can't be blank"]);
		expect((await call('PUT', '/customer_assets/101', { asset_serial: 'X' })).json.message).toEqual(["Name can't be blank"]);
		expect(simulator().state.assets.size).toBe(3);
	});

	it('keep their contact, unless the account lets it be written', async () => {
		expect((await call('PUT', '/customer_assets/101', { name: 'DESK', contact_id: 12 })).json.asset).toMatchObject({ contact_id: 11 });
		set({ assetContactOnPut: 'store' });
		expect((await call('PUT', '/customer_assets/101', { name: 'DESK', contact_id: 12 })).json.asset).toMatchObject({ contact_id: 12 });
		expect((await call('PUT', '/customer_assets/101', { name: 'DESK', contact_id: null })).json.asset).toMatchObject({ contact_id: null });
	});

	it('cannot be deleted', async () => {
		expect((await call('DELETE', '/customer_assets/101')).status).toBe(404);
		expect(simulator().state.assets.has(101)).toBe(true);
	});
});
