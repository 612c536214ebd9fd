import fc from 'fast-check';
import { simulatedAccount } from './support/caller';
import { SEED } from './support/seed';

const { call, set, simulator } = simulatedAccount(SEED);

interface Line {
	id: number;
	name: string;
	quantity: string;
	[field: string]: unknown;
}
const schedule = async (id = 201) => (await call('GET', `/schedules/${id}`)).json.schedule as unknown as { subtotal: number; lines: Line[] };
const quantities = async () => (await schedule()).lines.map(({ quantity }) => quantity);
const NEW = { customer_id: 2, name: 'N', frequency: 'Quarterly', next_run: '2026-12-01', paused: true };

describe('Recurring invoices of the simulated Syncro', () => {
	it('are listed by customer with their lines, whose quantities are texts', async () => {
		const { schedules } = (await call('GET', '/schedules?customer_id=1')).json as unknown as { schedules: Array<{ id: number; lines: Line[] }> };
		expect(schedules.map(({ id }) => id)).toEqual([201]);
		expect(schedules[0].lines.map(({ name, quantity, price_retail }) => [name, quantity, price_retail])).toEqual([['Flat', '2.5', 10], ['Premium', '1.0', 20], ['Devices', '1.0', 1]]);
		expect(await schedule()).toMatchObject({ subtotal: 46, frequency: 'Monthly', next_run: '2024-02-01T00:00:00.000Z' });
	});

	it('are created, changed and deleted', async () => {
		const created = (await call('POST', '/schedules', NEW)).json.schedule as unknown as { id: number };
		expect(created).toMatchObject({ ...NEW, next_run: '2026-12-01T00:00:00.000Z', lines: [], subtotal: 0 });
		expect((await call('PUT', `/schedules/${created.id}`, { next_run: '2027-01-01' })).json.schedule).toMatchObject({ ...NEW, next_run: '2027-01-01T00:00:00.000Z' });
		expect(await call('DELETE', `/schedules/${created.id}`)).toMatchObject({ status: 200, text: '' });
		expect((await call('GET', `/schedules/${created.id}`)).status).toBe(404);
		set({ undocumentedAnswers: 'success' });
		expect((await call('DELETE', '/schedules/202')).json).toEqual({ success: true });
	});

	it('are refused with everything that is wrong', async () => {
		expect(await call('POST', '/schedules', {})).toMatchObject({
			status: 422,
			json: { error: ['Frequency Must be a valid selection', "Frequency can't be blank", "Next run can't be blank", "Name can't be blank", "Customer can't be blank"] },
		});
		expect((await call('PUT', '/schedules/201', { next_run: '', frequency: 'Yearly' })).json.error).toEqual(['Frequency Must be a valid selection', "Next run can't be blank"]);
		expect(simulator().state.schedules.get(201)).toMatchObject({ frequency: 'Monthly' });
	});

	it('take, change and lose lines', async () => {
		const added = (await call('POST', '/schedules/202/add_line_item', { name: 'Seats', quantity: 3, retail_cents: 1250, cost_cents: 999, taxable: true })).json.schedule_line_item as unknown as Line;
		expect(added).toMatchObject({ schedule_id: 202, name: 'Seats', quantity: '3.0', retail_cents: 1250, price_retail: 12.5, price_cost: 9.99, taxable: true, position: 0, device_ids: [] });
		const changed = await call('PUT', `/schedules/202/line_items/${added.id}`, { quantity: 4.25 });
		expect(changed.json.schedule_line_item).toEqual({ ...added, quantity: '4.25' });
		expect(await call('POST', '/schedules/202/remove_line_item', added.id)).toMatchObject({ status: 200, text: '' });
		expect((await schedule(202)).lines).toEqual([]);
		expect(await call('POST', '/schedules/202/add_line_item', { quantity: 1 })).toMatchObject({ status: 422, json: { error: ["Name can't be blank"] } });
		expect((await call('PUT', '/schedules/201/line_items/301', { name: ' ' })).json.error).toEqual(["Name can't be blank"]);
	});
});

describe('Lines that count by themselves', () => {
	it('follow the contacts with their answer, of their customer alone', async () => {
		expect(await quantities()).toEqual(['2.5', '1.0', '1.0']);
		await call('PUT', '/contacts/12', { name: 'Bob', properties: { Licence: 'Premium' } });
		expect(await quantities()).toEqual(['2.5', '2.0', '1.0']);
		await call('PUT', '/contacts/11', { name: 'Ada', properties: { Licence: '' } });
		expect(await quantities()).toEqual(['2.5', '1.0', '1.0']);
		set({ counterQuantity: 'zero' });
		expect(await quantities()).toEqual(['2.5', '0.0', '0.0']);
	});

	it('without an answer count the contacts that have any', async () => {
		const added = await call('POST', '/schedules/201/add_line_item', { name: 'Any licence', recurring_type_id: 6, contact_field_type_id: 3 });
		expect(added.json.schedule_line_item).toMatchObject({ quantity: '2.0', recurring_type_id: 6 });
	});

	it('name the assets that they count', async () => {
		expect((await schedule()).lines[2]).toMatchObject({ recurring_type_id: 4, asset_type_id: 5, device_ids: [101] });
	});

	it('say what they count only where the account shows it', async () => {
		expect((await schedule()).lines[1]).not.toHaveProperty('contact_field_type_id');
		set({ counterFields: 'shown' });
		expect((await schedule()).lines[1]).toMatchObject({ contact_field_type_id: 3, contact_field_answer_id: 32 });
	});

	it('never take a quantity, and the attempt is noted', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 500 }), fc.constantFrom(302, 303), async (quantity, line) => {
				const { state } = simulator();
				state.reset();
				simulator().quirks.requestsPerMinute = Infinity;
				expect((await call('PUT', `/schedules/201/line_items/${line}`, { quantity })).json.schedule_line_item).toMatchObject({ quantity: '1.0' });
				expect(state.schedules.get(201)!.lines.map((each) => each.quantity)).toEqual([2.5, 0, 0]);
				expect(state.quantitiesForCounters).toEqual([{ schedule_id: 201, line_id: line, quantity }]);
			}),
			{ numRuns: 20 },
		);
		const added = await call('POST', '/schedules/201/add_line_item', { name: 'B', quantity: 7, recurring_type_id: 6, contact_field_type_id: 3, contact_field_answer_id: 31 });
		expect(added.json.schedule_line_item).toMatchObject({ quantity: '1.0' });
		await call('PUT', '/schedules/201/line_items/302', { retail_cents: 2100 });
		await call('PUT', '/schedules/201/line_items/301', { quantity: 3 });
		expect(simulator().state.quantitiesForCounters.filter(({ quantity }) => quantity === 3)).toEqual([]);
	});

	it('need something to count', async () => {
		const add = async (line: object) => (await call('POST', '/schedules/201/add_line_item', { name: 'N', ...line })).json.error;
		expect(await add({ recurring_type_id: 4 })).toEqual(['Asset type must exist']);
		expect(await add({ recurring_type_id: 6, contact_field_type_id: 99 })).toEqual(['Contact field type must exist']);
		// An answer of another field.
		expect(await add({ recurring_type_id: 6, contact_field_type_id: 3, contact_field_answer_id: 21 })).toEqual(['Contact field answer must exist']);
		expect((await call('POST', '/schedules/201/add_line_item', { name: 'N', recurring_type_id: 7 })).status).toBe(400);
		expect((await schedule()).lines).toHaveLength(3);
	});
});
