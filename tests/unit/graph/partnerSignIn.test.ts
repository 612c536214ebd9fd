import { partnerSignIn, type PartnerAccount } from '../../../sync/source/graph/signIn/partnerSignIn';
import { graphClient } from '../../../sync/source/graph/transport/client';
import { app, CLIENT_ID, failureOf, graphError, SECRET, Service, TENANT, TestClock, token, type Scripted } from './service';

const CUSTOMER_A = '7c3f1f64-0d7d-4b0e-9a57-2f0f5c0a9e11';
const CUSTOMER_B = '11111111-0d7d-4b0e-9a57-2f0f5c0a9e22';
const DAY = 86_400_000;

const refusal = (number: number, status = 400): Scripted => ({ status, body: { error: 'invalid_grant', error_description: `AADSTS${number}: some text Trace ID: t`, error_codes: [number] } });

/** A sign-in service that knows which refresh tokens are good, and an n8n that keeps one. */
class PartnerWorld {
	readonly service = new Service();
	readonly clock = new TestClock();
	readonly good = new Set(['RT-1']);
	stored = 'RT-1';
	storedAt?: number;
	renewals = 0;
	/** Revokes a refresh token when it is redeemed. */
	rotating = false;
	/** What a customer's tenant answers instead. */
	refused = new Map<string, number>();
	private given = 1;
	private static count = 0;
	/** Memory is kept by this: each world is another account. */
	readonly account: PartnerAccount = {
		key: `account ${PartnerWorld.count++}`,
		name: 'sync@msp.example',
		stored: async () => await Promise.resolve({ refreshToken: this.stored, obtainedAt: this.storedAt }),
		renew: async () => {
			this.renewals++;
			const answer = this.redeem(this.stored);
			if (!answer) throw new Error('The credential needs to be reconnected.');
			await Promise.resolve();
			this.stored = answer;
			this.storedAt = this.clock.now();
		},
	};

	constructor() {
		this.service.signInAnswer = () => {
			const { url, body } = this.service.seen.at(-1)!;
			const tenant = /\/([^/]+)\/oauth2/.exec(url)![1];
			const number = this.refused.get(tenant);
			if (number) return refusal(number);
			const next = this.redeem(new URLSearchParams(body).get('refresh_token')!);
			if (!next) return refusal(700082);
			return { body: { token_type: 'Bearer', expires_in: 3599, scope: 'User.Read.All', access_token: token({ tid: tenant, roles: undefined, scp: 'User.Read.All Group.Read.All', upn: 'sync@msp.example' }), refresh_token: next } };
		};
	}

	private redeem(refreshToken: string): string | undefined {
		if (!this.good.has(refreshToken)) return undefined;
		if (this.rotating) this.good.delete(refreshToken);
		const next = `RT-${++this.given}`;
		this.good.add(next);
		return next;
	}

	signedIn(tenant: string) {
		return partnerSignIn(app(), this.account, tenant, { transport: this.service.transport, clock: this.clock, random: () => 0 });
	}

	get redeemed(): string[] {
		return this.service.seen.map(({ body }) => new URLSearchParams(body).get('refresh_token')!);
	}
}

describe('signing a partner’s service account in to customers', () => {
	it('redeems the stored refresh token at the customer’s own address', async () => {
		const world = new PartnerWorld();
		const { value } = await world.signedIn(CUSTOMER_A).token();
		expect(value).toBe(token({ tid: CUSTOMER_A, roles: undefined, scp: 'User.Read.All Group.Read.All', upn: 'sync@msp.example' }));
		const [{ url, method, body }] = world.service.seen;
		expect([method, url.split('?')[0]]).toEqual(['POST', `https://login.microsoftonline.com/${CUSTOMER_A}/oauth2/v2.0/token`]);
		const form = new URLSearchParams(body);
		expect(Object.fromEntries(form)).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'RT-1', client_id: CLIENT_ID, client_secret: SECRET });
		expect(form.get('scope')!.split(' ')).toContain('https://graph.microsoft.com/.default');
	});

	it('keeps what is stored, and redeems it for each customer, while old refresh tokens stay valid', async () => {
		const world = new PartnerWorld();
		await world.signedIn(CUSTOMER_A).token();
		await world.signedIn(CUSTOMER_B).token();
		expect(world.redeemed).toEqual(['RT-1', 'RT-1']);
		expect([world.stored, world.renewals]).toEqual(['RT-1', 0]);
	});

	it('reads the stored sign-in anew each time', async () => {
		const world = new PartnerWorld();
		const source = world.signedIn(CUSTOMER_A);
		await source.token();
		world.stored = 'RT-renewed-by-n8n';
		world.good.add(world.stored);
		await source.token();
		expect(world.redeemed).toEqual(['RT-1']);
		await source.token({ renew: true });
		expect(world.redeemed).toEqual(['RT-1', 'RT-renewed-by-n8n']);
	});

	it('has n8n renew a sign-in that is refused as spent, once, and goes on with the renewed one', async () => {
		const world = new PartnerWorld();
		world.stored = 'RT-old';
		world.account.renew = async () => {
			world.renewals++;
			world.stored = 'RT-1';
			await Promise.resolve();
		};
		await Promise.all([world.signedIn(CUSTOMER_A).token(), world.signedIn(CUSTOMER_B).token()]);
		expect(world.renewals).toBe(1);
		expect(world.redeemed).toEqual(['RT-old', 'RT-old', 'RT-1', 'RT-1']);
	});

	it('serves any number of customers where a refresh token is revoked when it is redeemed', async () => {
		const world = new PartnerWorld();
		world.rotating = true;
		const tenants = Array.from({ length: 20 }, (_, index) => `00000000-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`);
		await world.signedIn(tenants[0]).token();
		const tokens = await Promise.all(tenants.slice(1).map(async (tenant) => (await world.signedIn(tenant).token()).value));
		expect(new Set(tokens).size).toBe(19);
		expect([...world.good]).toHaveLength(1);
	});

	it('tries what the last redemption gave once, and no more when it is refused too', async () => {
		const world = new PartnerWorld();
		await world.signedIn(CUSTOMER_A).token();
		world.good.clear();
		for (const tenant of [CUSTOMER_A, CUSTOMER_B]) expect((await failureOf(world.signedIn(tenant).token())).code).toBe('AADSTS700082');
		expect(world.redeemed).toEqual(['RT-1', 'RT-1', 'RT-2', 'RT-1']);
	});

	it('says to sign in again when neither n8n nor this process has a good one, without asking n8n for each customer', async () => {
		const world = new PartnerWorld();
		world.good.clear();
		for (const tenant of [CUSTOMER_A, CUSTOMER_B]) {
			const error = await failureOf(world.signedIn(tenant).token());
			expect(error).toMatchObject({ class: 'configuration', code: 'AADSTS700082', message: 'The sign-in of the partner’s service account sync@msp.example ended because it was not used for 90 days.' });
			expect(error.remedy).toContain('connect the service account again');
		}
		expect(world.renewals).toBe(1);
	});

	it('keeps the sign-in alive: it is renewed by n8n when it is more than a week old', async () => {
		const world = new PartnerWorld();
		world.storedAt = world.clock.now() - 6 * DAY;
		await world.signedIn(CUSTOMER_A).token();
		expect(world.renewals).toBe(0);
		world.clock.pass(2 * DAY);
		await Promise.all([world.signedIn(CUSTOMER_A).token(), world.signedIn(CUSTOMER_B).token()]);
		expect([world.renewals, world.stored]).toEqual([1, 'RT-3']);
		expect(world.redeemed).toEqual(['RT-1', 'RT-3', 'RT-3']);
	});

	it.each([
		[65001, `Tenant ${CUSTOMER_A} has not consented to the partner’s app ${CLIENT_ID} acting for a user.`, `https://login.microsoftonline.com/${CUSTOMER_A}/adminconsent?client_id=${CLIENT_ID}`],
		[50020, `Tenant ${CUSTOMER_A} does not let the partner’s service account sync@msp.example in: the account is in no security group that its GDAP relationship gives roles to, or there is no active relationship.`, 'make the service account a member of that group'],
		[50177, `Tenant ${CUSTOMER_A} does not let the partner’s service account sync@msp.example in: the account is in no security group that its GDAP relationship gives roles to, or there is no active relationship.`, 'Customer → Check'],
		[50173, 'The sign-in of the partner’s service account sync@msp.example was revoked: its password was changed or its sessions were ended.', 'connect the service account again'],
		[70008, 'The sign-in of the partner’s service account sync@msp.example has expired.', 'connect the service account again'],
		[53003, `A Conditional Access policy of tenant ${CUSTOMER_A} blocks the partner’s service account sync@msp.example.`, 'Service provider users'],
		[50076, `Tenant ${CUSTOMER_A} asks the partner’s service account sync@msp.example for MFA, and its sign-in was made without.`, 'connect the service account again'],
		[50079, `Tenant ${CUSTOMER_A} asks the partner’s service account sync@msp.example for MFA, and its sign-in was made without.`, 'aka.ms/mfasetup'],
		[7000222, `The client secret of app ${CLIENT_ID} has expired.`, 'Create a new client secret'],
		[90002, `Microsoft Entra knows no tenant "${CUSTOMER_A}".`, 'Check the tenant ID'],
	])('says what AADSTS%i means for a partner', async (number, message, remedy) => {
		const world = new PartnerWorld();
		world.refused.set(CUSTOMER_A, number);
		const error = await failureOf(world.signedIn(CUSTOMER_A).token());
		expect(error).toMatchObject({ name: 'SyncError', class: 'configuration', code: `AADSTS${number}`, tenantId: CUSTOMER_A, message });
		expect(error.remedy).toContain(remedy);
		expect(`${error.message} ${error.remedy}`).not.toMatch(/RT-|a-secret/);
		expect((await world.signedIn(CUSTOMER_B).token()).value).not.toBe('');
	});
});

describe('Microsoft Graph refuses a partner', () => {
	const reading = { what: 'devices', permission: 'DeviceManagementManagedDevices.Read.All', alsoBy: [], role: 'Intune Administrator', resourceUnits: 1 };
	const refusedWith = async (scp: string, tenantId = CUSTOMER_A) => {
		const world = new PartnerWorld();
		const graph = new Service(() => ({ status: 403, body: graphError('Authorization_RequestDenied', 'Insufficient privileges') }));
		graph.signInAnswer = () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: token({ scp, roles: undefined }) } });
		const client = graphClient({ app: app(), account: world.account, tenantId, transport: graph.transport, clock: new TestClock() });
		return await failureOf(client.read({ reading, address: '/deviceManagement/managedDevices', expects: 'list' }));
	};

	it('because the delegated permission lacks: it names it, and where to consent', async () => {
		const error = await refusedWith('User.Read.All');
		expect(error).toMatchObject({ class: 'notPermitted', message: `Could not read devices of tenant ${CUSTOMER_A}: the app ${CLIENT_ID} may not use the delegated permission DeviceManagementManagedDevices.Read.All there.` });
		expect(error.remedy).toContain(`/${CUSTOMER_A}/adminconsent?client_id=`);
	});

	it('because the role lacks: it names the role, and where it comes from', async () => {
		const error = await refusedWith('User.Read.All DeviceManagementManagedDevices.Read.All');
		expect(error).toMatchObject({ class: 'notPermitted', message: `Could not read devices of tenant ${CUSTOMER_A}: the partner’s service account sync@msp.example lacks a role for it, at least Intune Administrator.` });
		expect(error.remedy).toContain('GDAP relationship');
		expect((await refusedWith('DeviceManagementManagedDevices.Read.All', TENANT)).remedy).toContain(`partner’s tenant ${TENANT} gives the account the role`);
	});
});
