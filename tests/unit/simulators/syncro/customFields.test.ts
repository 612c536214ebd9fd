import { simulatedAccount } from './support/caller';
import { SEED } from './support/seed';

const { call, set, simulator } = simulatedAccount(SEED);
const put = async (path: string, body: object) => await call('PUT', path, body);

describe('Custom fields of the simulated Syncro', () => {
	it('are named by the settings for customers and asset types, and not for contacts', async () => {
		const { json } = await call('GET', '/settings');
		expect(json.customers).toMatchObject({
			customer_fields: [{ id: 1, name: 'Score', field_type: 'text_field' }, { id: 2, name: 'Plan', field_type: 'select_box' }],
			customer_field_answers: [{ id: 21, customer_field_id: 2, content: 'Gold' }, { id: 22, customer_field_id: 2, content: 'Silver' }],
		});
		expect(json.assets).toMatchObject({
			asset_types: [{ id: 5, name: 'Syncro Device' }, { id: 6, name: 'Printer' }],
			asset_type_fields: [{ id: 51, name: 'os', asset_type_id: 5 }, { id: 52, name: 'Size', asset_type_id: 5 }],
			asset_type_field_answers: [{ id: 521, asset_type_field_id: 52, content: 'Medium' }],
		});
		expect(JSON.stringify(json)).not.toContain('Licence');
	});

	const records: Array<[string, string, object, string, object]> = [
		['a contact', '/contacts/11', { name: 'Ada' }, 'Licence', { errors: 'Licence is not included in the list' }],
		['a customer', '/customers/1', {}, 'Plan', { success: false, message: ['Plan is not included in the list'] }],
		['an asset', '/customer_assets/101', { name: 'DESK' }, 'Size', { success: false, message: ['Size is not included in the list'] }],
	];
	const propertiesOf = ({ json }: Awaited<ReturnType<typeof call>>) => ((json.customer ?? json.asset ?? json) as unknown as { properties: object }).properties;

	it.each(records)('of %s take a dropdown only its answers, letter for letter, and blank', async (_, path, required, label, refusal) => {
		for (const answer of ['Platinum', 'gold', 'premium', 'medium']) {
			expect(await put(path, { ...required, properties: { [label]: answer } })).toMatchObject({ status: 422, json: refusal });
		}
		expect(propertiesOf(await put(path, { ...required, properties: { [label]: '' } }))).toEqual({ [label]: '' });
		set({ unknownAnswers: 'drop', propertiesOnPut: 'merge' });
		expect(propertiesOf(await put(path, { ...required, properties: { [label]: 'Platinum' } }))).toMatchObject({ [label]: '' });
		const answer = { Licence: 'Basic', Plan: 'Silver', Size: 'Medium' }[label];
		expect(propertiesOf(await put(path, { ...required, properties: { [label]: answer } }))).toMatchObject({ [label]: answer });
	});

	it.each(records)('of %s that are not sent are lost, unless the account merges', async (_, path, required, label) => {
		const before = propertiesOf(await call('GET', path));
		expect(Object.keys(before).length).toBeGreaterThan(0);
		set({ propertiesOnPut: 'merge' });
		expect(propertiesOf(await put(path, { ...required, properties: { Extra: 'e' } }))).toEqual({ ...before, Extra: 'e' });
		set({ propertiesOnPut: 'replace' });
		expect(propertiesOf(await put(path, { ...required, properties: { [label]: '' } }))).toEqual({ [label]: '' });
		expect(propertiesOf(await put(path, required))).toEqual({ [label]: '' });
	});

	it.each(records)('of %s that the account does not have are kept or dropped without a word', async (_, path, required) => {
		expect(propertiesOf(await put(path, { ...required, properties: { Unknown: 'u' } }))).toEqual({ Unknown: 'u' });
		set({ unknownProperties: 'drop' });
		expect(await put(path, { ...required, properties: { Unknown: 'v' } })).toMatchObject({ status: 200 });
		expect(propertiesOf(await call('GET', path))).toEqual({});
	});

	it('do not outlive a refusal in part', async () => {
		await put('/customers/1', { notes: 'changed', properties: { Plan: 'Bronze' } });
		expect(simulator().state.customers.get(1)).toMatchObject({ notes: '', properties: { Score: '40', Plan: 'Gold' } });
	});
});

describe('Customers of the simulated Syncro, changed', () => {
	it('keep what is not named, and strip phones to their digits', async () => {
		const { status, json } = await put('/customers/1', { phone: '(555) 0199', get_sms: true, get_billing: true });
		expect(status).toBe(200);
		expect(json.customer).toMatchObject({ id: 1, business_name: 'Harbor Dental', phone: '5550199', get_sms: true, properties: { Score: '40', Plan: 'Gold' } });
		expect(json.customer).not.toHaveProperty('get_billing');
		expect((await call('GET', '/customers/1')).json).toEqual(json);
	});

	it('are refused without an echo of what was sent', async () => {
		expect(await put('/customers/1', { email: 'it is not an email' })).toMatchObject({ status: 422, json: { success: false, message: ['Email is not an email'] } });
		expect((await put('/customers/1', { email: 'x' })).json).not.toHaveProperty('params');
	});
});

describe('Opting a contact out', () => {
	it('is stored only where the account takes what its documentation does not name', async () => {
		expect((await put('/contacts/11', { name: 'Ada', opt_out: true })).json.opt_out).toBe(false);
		set({ optOutOnPut: 'store' });
		expect((await put('/contacts/11', { name: 'Ada', opt_out: true })).json.opt_out).toBe(true);
	});
});
