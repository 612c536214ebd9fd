import { simulatedAccount } from './support/caller';
import { SEED } from './support/seed';

const { call, set, simulator, clock } = simulatedAccount(SEED);
const BOB = { customer_id: 1, contact_id: 12, email: 'bob@harbor.example', password: 'secret', password_confirmation: 'secret' };
const users = async (query: string) => ((await call('GET', `/portal_users${query}`)).json.portal_users as Array<{ id: number }>).map(({ id }) => id);

describe('Portal users of the simulated Syncro', () => {
	it('are listed by customer and address', async () => {
		expect(await users('')).toEqual([501, 502]);
		expect(await users('?customer_id=2')).toEqual([502]);
		expect(await users('?email=ADA%40harbor.example')).toEqual([501]);
	});

	it('are bare, and never show a password', async () => {
		const { status, json } = await call('POST', '/portal_users', BOB);
		expect([status, json]).toEqual([200, expect.objectContaining({ customer_id: 1, contact_id: 12, email: 'bob@harbor.example', portal_group_id: 1 })]);
		expect(JSON.stringify(json)).not.toContain('password');
		expect((await call('PUT', `/portal_users/${String(json.id)}`, { email: 'robert@harbor.example' })).json).toMatchObject({ contact_id: 12, email: 'robert@harbor.example' });
		expect((await call('DELETE', `/portal_users/${String(json.id)}`)).json).toMatchObject({ email: 'robert@harbor.example' });
		expect(await users('')).toEqual([501, 502]);
	});

	it('are refused with an echo that repeats the password', async () => {
		expect(await call('POST', '/portal_users', { customer_id: 1, password: 'one', password_confirmation: 'two' })).toMatchObject({
			status: 422,
			json: { success: false, message: ["Email can't be blank", "Password confirmation doesn't match Password"], params: { password: 'one', password_confirmation: 'two' } },
		});
		expect((await call('PUT', '/portal_users/501', { password: 'one' })).json.message).toEqual(["Password confirmation doesn't match Password"]);
	});

	it('have an address of their own', async () => {
		expect((await call('POST', '/portal_users', { ...BOB, email: 'Ada@Harbor.example' })).json.message).toEqual(['Email has already been taken']);
		expect((await call('PUT', '/portal_users/501', { email: 'ada@harbor.example' })).status).toBe(200);
		expect((await call('PUT', '/portal_users/502', { email: 'ada@harbor.example' })).status).toBe(422);
	});

	it('need a customer, a password where the account wants one, and no contact of another customer', async () => {
		const { password, password_confirmation, ...bare } = BOB;
		expect((await call('POST', '/portal_users', bare)).json.message).toEqual(["Password can't be blank"]);
		set({ portalPassword: 'optional' });
		expect((await call('POST', '/portal_users', { ...bare, customer_id: 9 })).json.message).toEqual(["Customer can't be blank"]);
		expect((await call('POST', '/portal_users', { ...bare, contact_id: 21 })).status).toBe(400);
		expect((await call('POST', '/portal_users', bare)).status).toBe(200);
	});
});

describe('Invitations to the simulated portal', () => {
	const invite = async (id: number) => await call('POST', '/portal_users/create_invitation', { id });

	it('go to an outbox, as often as they are asked for', async () => {
		expect(await invite(501)).toMatchObject({ status: 200, json: { success: true, message: "All set, we BCC'd you on that invitation." } });
		await invite(501);
		const sent = { email: 'ada@harbor.example', portalUserId: 501, contactId: 11, moment: new Date(clock.moment).toISOString() };
		expect(simulator().state.invitations).toEqual([sent, sent]);
	});

	it('are refused without a usable address', async () => {
		expect(await invite(502)).toMatchObject({ status: 422, json: { success: false, message: "Invalid email, correct the contact's email and try to resend." } });
		expect(simulator().state.invitations).toEqual([]);
	});

	it('take the id of a portal user or of a contact, as the account likes it', async () => {
		expect((await invite(11)).status).toBe(404);
		set({ invitationId: 'contact' });
		expect((await invite(501)).status).toBe(404);
		expect((await invite(11)).status).toBe(200);
		expect(simulator().state.invitations).toEqual([{ email: 'ada@harbor.example', contactId: 11, moment: expect.any(String) }]);
		expect((await invite(12)).status).toBe(422);
	});
});
