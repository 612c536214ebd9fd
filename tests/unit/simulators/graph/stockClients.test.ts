import { Client } from '@microsoft/microsoft-graph-client';
import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node';
import { createAppCertificate } from '../../../../simulators/base/certificates';
import { HARBOR_TENANT_ID, PEOPLE, SAMPLE_APPS, smallWorld, VALID_SECRET } from '../../../../simulators/world';
import { startHarness, type Harness, type Json } from './setup';

describe('published clients against the simulators', () => {
	const certificate = createAppCertificate();
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness({ world: smallWorld({ certificates: [certificate.cert] }) });
	});
	afterAll(async () => await harness.stop());

	/** msal's network through the CA of the simulators. */
	const network = (): INetworkModule => {
		const request = async <T>(url: string, method: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
			const { status, headers, body } = await harness.send(url, { method, headers: options?.headers, body: options?.body });
			const plain: Record<string, string> = {};
			headers.forEach((value, name) => (plain[name] = value));
			return { status, headers: plain, body };
		};
		return {
			sendGetRequestAsync: async (url, options) => await request(url, 'GET', options),
			sendPostRequestAsync: async (url, options) => await request(url, 'POST', options),
		};
	};
	const msal = (credential: { clientSecret?: string; clientCertificate?: { thumbprintSha256: string; privateKey: string } }, tenant = HARBOR_TENANT_ID) => {
		const { origin } = harness.microsoft.login;
		return new ConfidentialClientApplication({
			auth: { clientId: SAMPLE_APPS.consented, authority: `${origin}/${tenant}`, knownAuthorities: [new URL(origin).host], ...credential },
			system: { networkClient: network() },
		});
	};
	const scopes = ['https://graph.microsoft.com/.default'];

	it('msal-node signs in with a secret and with a certificate', async () => {
		const bySecret = await msal({ clientSecret: VALID_SECRET }).acquireTokenByClientCredential({ scopes });
		expect(bySecret?.accessToken).toBeTruthy();
		const { key, thumbprintSha256 } = certificate;
		const byCertificate = await msal({ clientCertificate: { thumbprintSha256, privateKey: key } }).acquireTokenByClientCredential({ scopes });
		expect((await harness.get('/users?$top=1', { token: byCertificate?.accessToken })).status).toBe(200);
	});

	it('msal-node tells the errors apart', async () => {
		await expect(msal({ clientSecret: 'wrong' }).acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215 });
		await expect(msal({ clientSecret: VALID_SECRET }, 'nobody.example').acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({
			errorCode: 'endpoints_resolution_error',
		});
	});

	it('the stock Graph client reads a list page by page', async () => {
		const token = await harness.token();
		const client = Client.initWithMiddleware({
			baseUrl: harness.microsoft.graph.origin,
			customHosts: new Set(['localhost']),
			middleware: {
				execute: async (context: Json) => {
					const { headers, ...options } = context.options;
					context.response = await rawFetch(String(context.request), { ...options, headers: { ...headers, authorization: `Bearer ${token}` } });
				},
			} as Json,
		});
		const names: string[] = [];
		let page = await client.api('/users').select('displayName').top(7).get();
		for (;;) {
			names.push(...page.value.map((user: Json) => user.displayName));
			if (!page['@odata.nextLink']) break;
			page = await client.api(page['@odata.nextLink']).get();
		}
		expect(names).toHaveLength(18);
		expect(names).toContain('Zoë Müller');
	});

	it("PnP's client reads lists page by page, one user, groups, and tells that somebody is not there", async () => {
		// Published as ES modules only.
		const [{ GraphQueryable, DefaultHeaders, DefaultInit }, { BearerToken, DefaultParse }] = await Promise.all([import('@pnp/graph'), import('@pnp/queryable')]);
		const [{ Groups }, { Users }] = await Promise.all([import('@pnp/graph/groups/index.js'), import('@pnp/graph/users/index.js')]);
		const token = await harness.token();
		const graph = GraphQueryable('').using(DefaultInit(`${harness.microsoft.graph.origin}/v1.0`), DefaultHeaders(), DefaultParse(), BearerToken(token), (instance) => {
			instance.on.send.replace(async (url: URL, init: RequestInit) => await rawFetch(url.toString(), init));
			return instance;
		});
		const users = Users(graph);
		const names: unknown[] = [];
		for await (const page of users.select('displayName').top(7)) names.push(...page.map((user: Json) => user.displayName));
		expect(names).toHaveLength(18);
		expect(await users.getById(PEOPLE.ada)()).toMatchObject({ id: PEOPLE.ada });
		const groups = await Groups(graph).select('id', 'displayName')();
		expect(groups.length).toBeGreaterThan(0);
		await expect(users.getById('nobody@harbordental.example')()).rejects.toThrow('404');
	});

	/** A Response, as the Graph client wants it. */
	const rawFetch = async (url: string, init: RequestInit): Promise<Response> => {
		const { status, headers, body } = await harness.send(url, init);
		return new Response(JSON.stringify(body), { status, headers: { 'content-type': headers.get('content-type') ?? '' } });
	};
});
