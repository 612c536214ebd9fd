import { simulatedAccount } from './support/caller';
import { SEED } from './support/seed';

const { call, set, simulator, clock } = simulatedAccount(SEED);
const ids = async (path: string, list: string) => ((await call('GET', path)).json[list] as Array<{ id: number }>).map(({ id }) => id);

describe('RMM alerts of the simulated Syncro', () => {
	it('are listed while they are active, unless others are asked for', async () => {
		expect(await ids('/rmm_alerts', 'rmm_alerts')).toEqual([401]);
		expect(await ids('/rmm_alerts?status=resolved', 'rmm_alerts')).toEqual([402]);
		expect(await ids('/rmm_alerts?status=all', 'rmm_alerts')).toEqual([402, 401]);
		expect((await call('GET', '/rmm_alerts?status=open')).status).toBe(400);
	});

	it('are created with 201 under another name than they are read', async () => {
		const created = await call('POST', '/rmm_alerts', { customer_id: 1, asset_id: 101, description: 'sync failed', formatted_output: 'No token', properties: { trigger: 't' } });
		expect(created).toMatchObject({ status: 201, json: { success: true, alert: { customer_id: 1, computer_name: 'DESK', resolved: false, formatted_output: 'No token', ticket_id: null } } });
		const { id } = created.json.alert as { id: number };
		expect((await call('GET', `/rmm_alerts/${id}`)).json.rmm_alert).toMatchObject({ id, description: 'sync failed', computer_name: 'DESK', ticket_number: null });
		set({ alertOnPost: 'rmm_alert' });
		expect((await call('POST', '/rmm_alerts', { customer_id: 1 })).json).toHaveProperty('rmm_alert');
		expect(await call('POST', '/rmm_alerts', { description: 'd' })).toMatchObject({ status: 422, json: { message: ["Customer can't be blank"] } });
		expect((await call('POST', '/rmm_alerts', { customer_id: 2, asset_id: 101 })).status).toBe(400);
	});

	it('are resolved by DELETE and stay readable', async () => {
		expect(await call('DELETE', '/rmm_alerts/401')).toMatchObject({ status: 200, json: { success: 'true' } });
		expect((await call('GET', '/rmm_alerts/401')).json.rmm_alert).toMatchObject({ resolved: true });
		expect(await ids('/rmm_alerts', 'rmm_alerts')).toEqual([]);
		set({ deletedAlerts: 'gone' });
		await call('DELETE', '/rmm_alerts/401');
		expect((await call('GET', '/rmm_alerts/401')).status).toBe(404);
	});

	it('are muted for one of seven spans, named in the query or in the body', async () => {
		expect(await call('POST', '/rmm_alerts/401/mute?mute_for=2-weeks')).toMatchObject({ status: 200, json: { success: 'true' } });
		expect(simulator().state.mutedAlerts.get(401)).toBe('2-weeks');
		expect((await call('POST', '/rmm_alerts/401/mute', { mute_for: 'forever' })).status).toBe(200);
		for (const span of ['1h', '60', '']) {
			expect(await call('POST', `/rmm_alerts/401/mute?mute_for=${span}`)).toMatchObject({ status: 422, json: { errors: { mute_for: [expect.any(String)] } } });
		}
		expect(simulator().state.mutedAlerts.get(401)).toBe('forever');
	});
});

describe('Tickets of the simulated Syncro', () => {
	const create = async (ticket: object = {}) => (await call('POST', '/tickets', { customer_id: 1, subject: 'MFA is missing', ...ticket })).json.ticket as unknown as { id: number; number: number };
	const COMMENT = { subject: 'Found', body: 'Three people' };

	it('are wrapped, begin as New and embed their contact', async () => {
		const ticket = await create({ contact_id: 11, asset_ids: [101], due_date: '2026-12-01', priority: '1 High', properties: { K: 'v' }, tag_list: ['m365'] });
		expect(ticket).toMatchObject({ status: 'New', contact: { id: 11 }, asset_ids: [101], due_date: '2026-12-01T00:00:00.000Z', priority: '1 High', properties: { K: 'v' }, tag_list: ['m365'], resolved_at: null, comments: [] });
		expect(ticket).not.toHaveProperty('contact_id');
		expect((await call('GET', `/tickets/${ticket.id}`)).json.ticket).toEqual(ticket);
		expect((await call('PUT', `/tickets/${ticket.id}`, { due_date: '2026-12-02' })).json.ticket).toMatchObject({ ...ticket, due_date: '2026-12-02T00:00:00.000Z', updated_at: expect.any(String) });
	});

	it('are refused with a sentence when new, and with a list of them when changed', async () => {
		expect(await call('POST', '/tickets', { subject: 'S' })).toMatchObject({ status: 422, json: { error: 'Customer required field' } });
		expect(await call('POST', '/tickets', { customer_id: 1 })).toMatchObject({ status: 422, json: { error: "Subject can't be blank" } });
		const { id } = await create();
		expect(await call('PUT', `/tickets/${id}`, { subject: '', comments_attributes: [{ subject: 's' }] })).toMatchObject({
			status: 422, json: { success: false, message: ["Subject can't be blank", "Body can't be blank"] },
		});
	});

	it('have no contact or asset of another customer', async () => {
		for (const strange of [{ contact_id: 21 }, { asset_ids: [101, 103] }]) {
			expect((await call('POST', '/tickets', { customer_id: 1, subject: 'S', ...strange })).status).toBe(400);
		}
	});

	it('are found by what they are about, how they stand and when they changed', async () => {
		const first = await create({ contact_id: 11 });
		clock.moment += 1000;
		const between = new Date(clock.moment).toISOString();
		clock.moment += 1000;
		const second = await create({ customer_id: 2, subject: 'Secure Score is low' });
		const found = async (query: string) => await ids(`/tickets?${query}`, 'tickets');
		expect(await found('')).toEqual([second.id, first.id]);
		expect(await found('customer_id=1')).toEqual([first.id]);
		expect(await found('contact_id=11')).toEqual([first.id]);
		expect(await found('query=secure')).toEqual([second.id]);
		expect(await found(`number=${second.number}`)).toEqual([second.id]);
		expect(await found(`created_after=${between}`)).toEqual([second.id]);
		clock.moment += 1000;
		await call('PUT', `/tickets/${first.id}`, { status: 'Resolved' });
		expect(await found('status=Not%20Closed')).toEqual([second.id]);
		expect(await found('status=Resolved')).toEqual([first.id]);
		expect(await found(`resolved_after=${between}`)).toEqual([first.id]);
		expect(await found(`since_updated_at=${between}`)).toEqual([second.id, first.id]);
		await call('PUT', `/tickets/${first.id}`, { status: 'In Progress' });
		expect(simulator().state.tickets.get(first.id)!.resolved_at).toBeNull();
	});

	it('mail the client with every comment that does not forbid it, hidden or not', async () => {
		const { id } = await create({ contact_id: 11, comments_attributes: [{ ...COMMENT, hidden: true }, { ...COMMENT, do_not_email: true }] });
		const { outbox } = simulator().state;
		expect(outbox).toEqual([{ via: 'mail', to: 'ada@harbor.example', ticketId: id, ...COMMENT }]);
		await call('POST', `/tickets/${id}/comment`, { ...COMMENT, hidden: true, do_not_email: true });
		expect(outbox).toHaveLength(1);
		await call('POST', `/tickets/${id}/comment`, { ...COMMENT, do_not_email: true, sms_body: 'Hi' });
		expect(outbox.slice(1)).toEqual([{ via: 'sms', to: '5550111', ticketId: id, subject: 'Found', body: 'Hi' }]);
		const ofCustomer = await create();
		await call('POST', `/tickets/${ofCustomer.id}/comment`, COMMENT);
		expect(outbox[2]).toMatchObject({ via: 'mail', to: 'office@harbor.example' });
		await call('PUT', `/tickets/${ofCustomer.id}`, { status: 'Resolved', comments_attributes: [{ ...COMMENT, body: 'Done' }] });
		expect(outbox[3]).toMatchObject({ via: 'mail', ticketId: ofCustomer.id, body: 'Done' });
	});

	it('take comments with subject and body only', async () => {
		const { id } = await create();
		expect(await call('POST', `/tickets/${id}/comment`, {})).toMatchObject({ status: 422, json: { success: false, message: ["Body can't be blank", "Subject can't be blank"] } });
		expect((await call('POST', '/tickets', { customer_id: 1, subject: 'S', comments_attributes: [{ body: 'b' }] })).status).toBe(422);
		const { comment } = (await call('POST', `/tickets/${id}/comment`, { ...COMMENT, hidden: true, do_not_email: true, tech: 'Robot' })).json;
		expect(comment).toMatchObject({ ticket_id: id, ...COMMENT, hidden: true, tech: 'Robot' });
		expect(comment).not.toHaveProperty('do_not_email');
	});

	it('list their comments ten at a time, newest first, or as many as are asked for', async () => {
		const { id } = await create({ comments_attributes: Array.from({ length: 12 }, (_, index) => ({ ...COMMENT, body: `${index}`, do_not_email: true })) });
		const bodies = async (query: string) => ((await call('GET', `/tickets/${id}/comments${query}`)).json.comments as Array<{ body: string }>).map(({ body }) => body);
		expect(await bodies('')).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
		expect(await bodies('?page=2')).toEqual(['1', '0']);
		expect(await bodies('?per_page=3&sort_by=created_at&sort_direction=ASC')).toEqual(['0', '1', '2']);
		expect(await bodies(`?created_after=${new Date(clock.moment).toISOString()}`)).toEqual([]);
		const listed = (await call('GET', '/tickets?all_comments=false')).json.tickets as Array<{ comments: Array<{ body: string }> }>;
		expect(listed[0].comments.map(({ body }) => body)).toEqual(['0']);
	});
});
