import { createAuthority, type KeyAndCertificate } from '../../../../simulators/base/certificates';
import { startMicrosoft, type MicrosoftOptions, type MicrosoftSimulator } from '../../../../simulators/graph';
import { HARBOR_TENANT_ID, SAMPLE_APPS, smallWorld, VALID_SECRET } from '../../../../simulators/world';

// Real servers on a machine that may be busy: the law of paging alone sends hundreds of requests.
jest.setTimeout(60_000);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of a foreign service are looked at, not typed
export type Json = any;

export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed when it is JSON, else the text. */
	body: Json;
}

export interface Harness {
	microsoft: MicrosoftSimulator;
	authority: KeyAndCertificate;
	/** Any request, to an address of the simulators. */
	send(url: string, init?: RequestInit): Promise<Answer>;
	/** Signs in with the sample secret and returns the token. */
	token(app?: string, tenant?: string): Promise<string>;
	/** GET below `/v1.0`, signed in as the consented sample app unless a token is given. */
	get(path: string, options?: { token?: string; eventual?: boolean; headers?: Record<string, string> }): Promise<Answer>;
	/** GET that must be 200; its `value`. */
	list(path: string, options?: { eventual?: boolean }): Promise<Json[]>;
	stop(): Promise<void>;
}

/** What a failed test left running would keep jest from ending. */
const running = new Set<Harness>();
afterAll(async () => {
	for (const harness of running) await harness.stop();
});

/** The simulators over the small world, and the shortest way to talk to them. */
export async function startHarness(options: Partial<MicrosoftOptions> = {}): Promise<Harness> {
	const authority = options.authority ?? createAuthority();
	const microsoft = await startMicrosoft({ world: smallWorld(), ...options, authority });
	const { Agent, fetch: fetchOfUndici } = await import('undici');
	const dispatcher = new Agent({ connect: { ca: authority.cert } });

	const send = async (url: string, init: RequestInit = {}): Promise<Answer> => {
		// A redirect is looked at, not followed.
		const response = await fetchOfUndici(url, { redirect: 'manual', ...init, dispatcher } as Json);
		const text = await response.text();
		const isJson = (response.headers.get('content-type') ?? '').includes('json');
		return { status: response.status, headers: response.headers as unknown as Headers, body: isJson && text ? JSON.parse(text) : text };
	};
	const token = async (app: string = SAMPLE_APPS.consented, tenant: string = HARBOR_TENANT_ID): Promise<string> => {
		const { body } = await send(`${microsoft.login.origin}/${tenant}/oauth2/v2.0/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: app,
				client_secret: VALID_SECRET,
				scope: 'https://graph.microsoft.com/.default',
			}).toString(),
		});
		return body.access_token as string;
	};
	let own: string | undefined;
	const get: Harness['get'] = async (path, { token: given, eventual, headers } = {}) => {
		own ??= await token();
		return await send(path.startsWith('https:') ? path : `${microsoft.graph.origin}/v1.0${path}`, {
			headers: { authorization: `Bearer ${given ?? own}`, ...(eventual ? { ConsistencyLevel: 'eventual' } : {}), ...headers },
		});
	};
	const harness: Harness = {
		microsoft,
		authority,
		send,
		token,
		get,
		list: async (path, how) => {
			const answer = await get(path, how);
			if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
			return answer.body.value;
		},
		stop: async () => {
			if (!running.delete(harness)) return;
			await dispatcher.destroy();
			await microsoft.stop();
		},
	};
	running.add(harness);
	return harness;
}
