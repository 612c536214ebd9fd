import { NOT_AUTHORIZED } from '../../../../simulators/syncro/answers';
import { simulatedAccount } from './support/caller';
import { SEED } from './support/seed';

const { call, set, simulator } = simulatedAccount(SEED);

const TICKET = { customer_id: 1, subject: 'S' };
const SCHEDULE = { customer_id: 1, name: 'N', frequency: 'Monthly', next_run: '2026-12-01' };

/** Each request that a permission opens, with a body that Syncro takes. */
const REQUESTS: Array<[string, string, string | undefined, object?]> = [
	['GET', '/settings', undefined],
	['PUT', '/customers/1', 'Customers - Edit', { notes: 'n' }],
	['GET', '/customer_assets', 'Assets - List/Search'],
	['POST', '/customer_assets', 'Assets - Create', { customer_id: 1, name: 'N', asset_type_name: 'Printer' }],
	['GET', '/customer_assets/101', 'Assets - View Details'],
	['PUT', '/customer_assets/101', 'Assets - Edit', { name: 'N' }],
	['GET', '/schedules', 'Recurring Invoices - List'],
	['GET', '/schedules/201', 'Recurring Invoices - List'],
	['POST', '/schedules', 'Recurring Invoices - New', SCHEDULE],
	['PUT', '/schedules/201', 'Recurring Invoices - Edit', { paused: true }],
	['POST', '/schedules/201/add_line_item', 'Recurring Invoices - Edit', { name: 'N' }],
	['PUT', '/schedules/201/line_items/301', 'Recurring Invoices - Edit', { name: 'N' }],
	['POST', '/schedules/201/remove_line_item', 'Recurring Invoices - Edit', { line_item_id: 301 }],
	['DELETE', '/schedules/201', 'Recurring Invoices - Delete'],
	['GET', '/rmm_alerts', 'RMM Alerts - List'],
	['GET', '/rmm_alerts/401', 'RMM Alerts - List'],
	['POST', '/rmm_alerts', 'RMM Alerts - Create', { customer_id: 1, description: 'd' }],
	['POST', '/rmm_alerts/401/mute?mute_for=1-day', 'RMM Alerts - Clear/Manage'],
	['DELETE', '/rmm_alerts/401', 'RMM Alerts - Delete'],
	['GET', '/tickets', 'Tickets - List/Search'],
	['POST', '/tickets', 'Tickets - Create', TICKET],
	['GET', '/portal_users', 'Global Admin'],
	['POST', '/portal_users', 'Global Admin', { customer_id: 1, contact_id: 12, email: 'bob@harbor.example', password: 'p', password_confirmation: 'p' }],
	['PUT', '/portal_users/501', 'Global Admin', { portal_group_id: 2 }],
	['POST', '/portal_users/create_invitation', 'Global Admin', { id: 501 }],
	['DELETE', '/portal_users/501', 'Global Admin'],
];

describe('The simulated Syncro', () => {
	const requests = REQUESTS.map(([method, path, permission, body]) => ({ method, path, permission, body }));

	it.each(requests)('opens $method $path with the permission $permission alone', async ({ method, path, permission, body }) => {
		const success = method === 'POST' && path === '/rmm_alerts' ? 201 : 200;
		const others = SEED.tokens.filter(({ token }) => token !== 'all' && token !== permission);
		for (const { token } of permission === undefined ? [] : others) {
			expect(await call(method, path, body, { authorization: token })).toMatchObject({ status: 401, json: { error: NOT_AUTHORIZED } });
		}
		expect((await call(method, path, body, { authorization: permission ?? 'Customers - List/Search' })).status).toBe(success);
	});

	it('opens the requests about one ticket with their permissions', async () => {
		const { id } = (await call('POST', '/tickets', TICKET)).json.ticket as { id: number };
		for (const [method, path, permission, body] of [
			['GET', `/tickets/${id}`, 'Tickets - View Details', undefined],
			['GET', `/tickets/${id}/comments`, 'Tickets - View Details', undefined],
			['PUT', `/tickets/${id}`, 'Tickets - Edit', { status: 'Resolved' }],
			['POST', `/tickets/${id}/comment`, 'Tickets - Edit', { subject: 's', body: 'b' }],
		] as const) {
			expect([path, (await call(method, path, body, { authorization: 'Tickets - List/Search' })).status]).toEqual([path, 401]);
			expect([path, (await call(method, path, body, { authorization: permission })).status]).toEqual([path, 200]);
		}
	});

	it('answers 404 for every record that is not there', async () => {
		for (const [method, path, , body] of REQUESTS.filter(([, path]) => /\/\d+/.test(path))) {
			expect([method, path, (await call(method, path.replace(/\d+/, '999'), body)).status]).toEqual([method, path, 404]);
		}
		expect((await call('PUT', '/schedules/201/line_items/999', { name: 'N' })).status).toBe(404);
		// A line of another schedule.
		expect((await call('PUT', '/schedules/202/line_items/301', { name: 'N' })).status).toBe(404);
		set({ notFoundBody: 'error' });
		expect((await call('GET', '/customer_assets/999')).json).toEqual({ error: 'Asset not found' });
		expect((await call('PUT', '/portal_users/999', {})).json).toEqual({ error: 'Portal user not found' });
	});

	it.each([
		['/customer_assets', 'assets', 3, undefined],
		['/schedules', 'schedules', 2, undefined],
		['/rmm_alerts?status=all', 'rmm_alerts', 2, { total_pages: 2, page: 1 }],
		['/tickets', 'tickets', 2, { total_pages: 2, page: 1 }],
		['/portal_users', 'portal_users', 2, { total_pages: 2, total_entries: 2, per_page: 1, page: 1 }],
	])('pages %s in its own way, and takes per_page without heeding it', async (path, name, count, meta) => {
		for (let ticket = 0; ticket < 2; ticket++) await call('POST', '/tickets', TICKET);
		set({ assetsPerPage: count - 1, schedulesPerPage: 1, alertsPerPage: 1, ticketsPerPage: 1, portalUsersPerPage: 1 });
		const query = (page: number) => `${path}${path.includes('?') ? '&' : '?'}page=${page}&per_page=100`;
		const first = await call('GET', query(1));
		expect(first.json.meta).toEqual(meta);
		expect([...(first.json[name] as object[]), ...((await call('GET', query(2))).json[name] as object[])]).toHaveLength(count);
		expect((await call('GET', query(3))).json[name]).toEqual([]);
	});

	it('knows no requests beyond the specification', async () => {
		for (const [method, path, body] of [
			['GET', '/customer_assets/assets_by_contact/11'], ['GET', '/contact_fields'], ['GET', '/portal_users/501'], ['GET', '/rmm_alerts?customer_id=1'],
			['PATCH', '/tickets/1', {}], ['PUT', '/customers/1', { disabled: true }], ['POST', '/schedules', { ...SCHEDULE, lines: [] }], ['GET', '/tickets?mine=true'],
			['PUT', '/schedules/201', { next_run: '2026-12-01T00:00:00Z' }], ['POST', '/customer_assets', { name: 'N', contact_id: '11' }],
		] as const) {
			expect([method, path, (await call(method, path, body)).status]).toEqual([method, path, 400]);
		}
	});

	it('gives no id twice', async () => {
		simulator().state.schedules.set(7000, { ...simulator().state.schedules.get(202)!, id: 7000 });
		const create = async () => ((await call('POST', '/schedules', SCHEDULE)).json.schedule as { id: number }).id;
		const first = await create();
		expect(first).toBe(7001);
		await call('DELETE', `/schedules/${first}`);
		expect(await create()).toBe(first + 1);
		const add = async () => ((await call('POST', '/schedules/201/add_line_item', { name: 'N' })).json.schedule_line_item as { id: number }).id;
		const line = await add();
		await call('POST', '/schedules/201/remove_line_item', line);
		expect(await add()).toBe(line + 1);
	});

	it('refuses a seed whose records belong to nobody', () => {
		const { state } = simulator();
		state.seed.portalUsers!.push({ id: 503, customer_id: 9, email: 'x@y.example' });
		try {
			expect(() => state.reset()).toThrow('portal user 503 belongs to customer 9, which does not exist');
		} finally {
			state.seed.portalUsers!.pop();
		}
	});
});
