import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorOf, outputOf } from '../../scripts/n8n/client';
import { CUSTOMERS, PARTNER_APP_ID, PARTNER_SERVICE_USER, PARTNER_TENANT_ID, partnerWorld, VALID_SECRET } from '../../simulators/world';
import { transportFor } from '../../sync/http/transport';
import { lay, type Nodes } from './support/canvas';
import { useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('partner', { simulators: { world: partnerWorld() } });
const TYPE = 'entraPartnerOAuth2Api';

const readPeople = (tenant: string): Nodes[string] => ['microsoft365', { authentication: 'partner', resource: 'user', operation: 'getMany', tenant: { __rl: true, mode: 'id', value: tenant }, properties: ['displayName'] }];

/** The credential as n8n keeps it, decrypted by its own command. */
async function stored(): Promise<{ access_token: string; refresh_token: string }> {
	const { n8n, credentials } = workshop();
	const file = join(n8n.userFolder, 'exported.json');
	const { code, errors } = await n8n.command(['export:credentials', `--id=${credentials[TYPE].id}`, '--decrypted', `--output=${file}`]);
	if (code !== 0) throw new Error(errors);
	const [credential] = JSON.parse(readFileSync(file, 'utf8')) as Array<{ data: { oauthTokenData: { access_token: string; refresh_token: string } } }>;
	return credential.data.oauthTokenData;
}

/** Refresh tokens that were redeemed at a tenant's address, by whomever. */
function redeemedAt(tenant: string): string[] {
	const { seen } = workshop().simulators.microsoft.login;
	const requests = seen.filter(({ url, body }) => url.pathname.startsWith(`/${tenant}/`) && body.includes('grant_type=refresh_token'));
	return requests.map(({ body }) => new URLSearchParams(body).get('refresh_token')!);
}

/** Signs the service account in as a person does in a browser: n8n's button, the page of Entra, back to n8n. */
async function connect(): Promise<void> {
	const { n8n, simulators, credentials } = workshop();
	const { microsoft } = simulators;
	const data = {
		tenantId: PARTNER_TENANT_ID,
		clientId: PARTNER_APP_ID,
		clientSecret: VALID_SECRET,
		cloud: 'global',
		advanced: true,
		loginAddress: microsoft.login.origin,
		graphAddress: microsoft.graph.origin,
		caCertificate: simulators.ca,
	};
	const name = 'Entra Partner (simulated)';
	credentials[TYPE] = { type: TYPE, name, data, id: await n8n.client.createCredential(TYPE, name, data) };
	const address = await n8n.client.request<string>('GET', `/rest/oauth2-credential/auth?id=${credentials[TYPE].id}`);
	const browser = transportFor({ caCertificates: simulators.ca });
	const page = await (await browser(address)).text();
	expect(page).toContain(PARTNER_SERVICE_USER);
	const accept = /id="accept" href="([^"]+)"/.exec(page)![1].replaceAll('&amp;', '&');
	const back = (await browser(new URL(accept, address).href, { redirect: 'manual' })).headers.get('location')!;
	const answer = await fetch(back, { headers: { cookie: n8n.client.session } });
	expect(await answer.text()).not.toContain('Error');
}

describe('The sign-in of a partner, in a real n8n', () => {
	beforeAll(async () => await connect());

	const run = async (nodes: Nodes) => {
		const names = Object.keys(nodes);
		const id = await lay(workshop(), nodes, names.map((name, index) => [index === 0 ? 'Begin' : names[index - 1], name]));
		return await workshop().n8n.client.runManually(id);
	};

	it('reads one customer and another one, beside an app’s own sign-in, and leaves what n8n keeps as it is', async () => {
		const before = await stored();
		const execution = await run({ Bakery: readPeople(CUSTOMERS.fine), Legal: readPeople(CUSTOMERS.expiring), Dental: ['microsoft365', { resource: 'organization', operation: 'get' }] });
		expect(errorOf(execution)).toBe('');
		expect(outputOf(execution, 'Bakery').map(({ displayName, tenantId }) => [displayName, tenantId])).toEqual(expect.arrayContaining([['Mara Ellis', CUSTOMERS.fine]]));
		expect(new Set(outputOf(execution, 'Legal').map(({ tenantId }) => tenantId))).toEqual(new Set([CUSTOMERS.expiring]));
		expect(outputOf(execution, 'Dental')[0]).toMatchObject({ displayName: 'Harbor Dental Group' });
		expect([...redeemedAt(CUSTOMERS.fine), ...redeemedAt(CUSTOMERS.expiring)]).toEqual([before.refresh_token, before.refresh_token]);
		expect(redeemedAt(PARTNER_TENANT_ID)).toEqual([]);
		expect(await stored()).toEqual(before);
	});

	it('checks every customer', async () => {
		const execution = await run({ Check: ['microsoft365', { authentication: 'partner', resource: 'customer', operation: 'check' }] });
		expect(errorOf(execution)).toBe('');
		const verdicts = new Map(outputOf(execution, 'Check').map(({ tenantId, verdict }) => [tenantId, verdict]));
		expect(verdicts.get(CUSTOMERS.fine)).toBe('ready');
		expect(verdicts.get(CUSTOMERS.noConsent)).toBe('noAccess');
		expect(verdicts.size).toBe(8);
	});

	it('has n8n renew the sign-in where it is refused as spent, and goes on with the renewed one', async () => {
		const before = await stored();
		const { loginFaults, tokens } = workshop().simulators.microsoft;
		// What this n8n remembers from the check is worth nothing any more.
		tokens.revokeAll();
		const body = { error: 'invalid_grant', error_description: 'AADSTS700082: The refresh token has expired due to inactivity.', error_codes: [700082] };
		loginFaults.add({ path: `/${CUSTOMERS.rolesMissing}/oauth2/v2.0/token`, times: 1, fault: { kind: 'answer', status: 400, body } });
		const execution = await run({ Clinic: readPeople(CUSTOMERS.rolesMissing) });
		expect(errorOf(execution)).toBe('');
		const after = await stored();
		expect(after.refresh_token).not.toBe(before.refresh_token);
		expect(redeemedAt(PARTNER_TENANT_ID)).toEqual(expect.arrayContaining([before.refresh_token]));
		expect(redeemedAt(CUSTOMERS.rolesMissing).slice(-2)).toEqual([before.refresh_token, after.refresh_token]);
	});

	it('says what to do when it was revoked', async () => {
		workshop().simulators.microsoft.sessions.revokeAll();
		const execution = await run({ Kelp: readPeople(CUSTOMERS.noGroup) });
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toMatch(/was revoked.*connect the service account again/);
	});
});
