import type { ConfidentialClientApplication } from '@azure/msal-node';
import { systemClock, type Clock } from '../../../http/clock';
import { retryAfterSeconds } from '../../../http/retryAfter';
import { transportFor, type Transport } from '../../../http/transport';
import { SyncError } from '../../../model/syncError';
import { prepareCertificate, type PreparedCertificate } from './certificate';
import { endpointsOf } from './clouds';
import { checkClientId, fingerprint, tenantInAddress, type EntraApp, type SecretProof } from './entraApp';
import { explainSignIn, type SignInOutcome } from './signInErrors';
import { backoffSeconds, politeSeconds, STANDARD_RETRIES, TimeBudget, type RetryPolicy } from '../transport/waiting';

/** A token for Microsoft Graph. It stays in this process and is never shown. */
export interface AccessToken {
	value: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	obtainedAt: number;
}

/** Gives tokens for one app in one tenant. */
export interface TokenSource {
	/**
	 * @param options.renew do not answer from memory: the service refused the token, or consent was given since
	 * @throws SyncError naming what is wrong with app, proof, tenant or network
	 */
	token(options?: { renew?: boolean; signal?: AbortSignal }): Promise<AccessToken>;
}

export interface SignInOptions {
	transport?: Transport;
	clock?: Clock;
	random?: () => number;
	retries?: RetryPolicy;
	budget?: TimeBudget;
	/** Seconds that one request to the sign-in service may take. */
	requestSeconds?: number;
}

/** A token is renewed when less than this is left of it. */
const RENEW_BEFORE_MILLISECONDS = 300_000;

interface Session {
	token?: AccessToken;
	pending?: { token: Promise<AccessToken>; signal: AbortSignal | undefined };
}

/** In the process only, one per (login address, scope, tenant, app, proof): tokens of tenants never mix. */
const sessions = new Map<string, Session>();

/**
 * Signs the app in to a tenant, by client credentials through msal-node.
 *
 * @param tenantId GUID or domain
 */
export function signIn(app: EntraApp, tenantId: string, options: SignInOptions = {}): TokenSource {
	const clock = options.clock ?? systemClock;
	const tenant = tenantInAddress(tenantId);
	const clientId = checkClientId(app.clientId);
	const endpoints = endpointsOf(app);
	const key = JSON.stringify([endpoints.loginOrigin, endpoints.scope, tenant, clientId, fingerprint(app)]);
	// Tests bring their own clock and transport, and with them their own sessions.
	const shared = options.clock === undefined && options.transport === undefined;
	const own: Session = {};

	return {
		async token({ renew = false, signal } = {}) {
			const session = shared ? sharedSession(key, clock.now()) : own;
			if (!renew && session.token && session.token.expiresAt - clock.now() > RENEW_BEFORE_MILLISECONDS) return session.token;
			for (;;) {
				// Requests that run side by side sign in once.
				const attempt = (session.pending ??= startedBy(signal, session));
				try {
					return await attempt.token;
				} catch (error) {
					// Another execution was cancelled while it signed in for both.
					if (signal?.aborted || !attempt.signal?.aborted) throw error;
				}
			}
		},
	};

	function startedBy(signal: AbortSignal | undefined, session: Session): NonNullable<Session['pending']> {
		const token = acquire(app, tenant, clock, options, signal)
			.then((obtained) => (session.token = obtained))
			.finally(() => (session.pending = undefined));
		return { token, signal };
	}
}

function sharedSession(key: string, now: number): Session {
	let session = sessions.get(key);
	if (!session) {
		for (const [other, { token, pending }] of sessions) {
			if (!pending && (!token || token.expiresAt < now)) sessions.delete(other);
		}
		session = {};
		sessions.set(key, session);
	}
	return session;
}

async function acquire(
	app: EntraApp,
	tenant: string,
	clock: Clock,
	options: SignInOptions,
	signal: AbortSignal | undefined,
): Promise<AccessToken> {
	const { loginOrigin, ownLogin, scope } = endpointsOf(app);
	const random = options.random ?? Math.random;
	const retries = options.retries ?? STANDARD_RETRIES;
	const budget = options.budget ?? new TimeBudget(clock, 600);
	const proof = app.proof.kind === 'certificate' ? prepareCertificate(app.proof, clock.now()) : secretOf(app.proof);
	const certificate = typeof proof === 'string' ? undefined : proof;
	for (let tries = 1; ; tries++) {
		const network = new RecordingNetwork(options.transport ?? transportFor({ caCertificates: app.caCertificate }), clock, options.requestSeconds ?? 60, signal);
		let failure: unknown;
		try {
			// A new msal client for every try: after a 429 or 5xx the old one refuses for 60 s without asking.
			const msal = await createMsalClient(app, tenant, loginOrigin, ownLogin, network, proof);
			const obtainedAt = clock.now();
			const result = await msal.acquireTokenByClientCredential({ scopes: [scope], skipCache: true });
			if (result?.accessToken) {
				return { value: result.accessToken, obtainedAt, expiresAt: obtainedAt + lifetimeSeconds(network.last, result.expiresOn) * 1000 };
			}
		} catch (error) {
			failure = error;
		}
		signal?.throwIfAborted();
		const { error, transient } = explainSignIn(network.last, failure, { app, tenant, loginOrigin, certificate });
		if (!transient || tries >= retries.attempts) throw error;
		const wait = error.retryAfterSeconds === undefined ? backoffSeconds(retries, tries, random) : politeSeconds(error.retryAfterSeconds, random);
		await budget.wait(wait, { what: error.message.replace(/\.$/, ''), code: error.code, tenantId: tenant, httpStatus: error.httpStatus, cause: error }, signal);
	}
}

async function createMsalClient(
	app: EntraApp,
	tenant: string,
	loginOrigin: string,
	ownLogin: boolean,
	networkClient: RecordingNetwork,
	proof: PreparedCertificate | string,
): Promise<ConfidentialClientApplication> {
	const { ConfidentialClientApplication } = await import('@azure/msal-node');
	return new ConfidentialClientApplication({
		auth: {
			clientId: checkClientId(app.clientId),
			authority: `${loginOrigin}/${tenant}`,
			// With its port; otherwise msal asks Microsoft about the host.
			knownAuthorities: ownLogin ? [new URL(loginOrigin).host] : [],
			...(typeof proof === 'string'
				? { clientSecret: proof }
				: { clientCertificate: { thumbprintSha256: proof.thumbprintSha256, privateKey: proof.privateKey } }),
		},
		system: { networkClient },
	});
}

function secretOf(proof: SecretProof): string {
	const secret = proof.secret.trim();
	if (secret) return secret;
	throw new SyncError('No client secret is given.', {
		class: 'configuration',
		code: 'entra.secretMissing',
		remedy: 'Enter the value of a client secret of the app registration in the credential, or choose the certificate.',
	});
}

/** Entra's lifetimes vary (60 to 90 minutes), so the answer's own counts. */
function lifetimeSeconds(outcome: SignInOutcome | undefined, expiresOn: Date | null): number {
	const answered = outcome?.kind === 'answer' ? Number((outcome.body as { expires_in?: unknown }).expires_in) : NaN;
	if (Number.isFinite(answered)) return answered;
	return expiresOn ? Math.max(0, (expiresOn.getTime() - Date.now()) / 1000) : 0;
}

/** msal's network interface, without naming its types: they would have to be loaded for it. */
interface MsalResponse<T> {
	headers: Record<string, string>;
	body: T;
	status: number;
}

/** Carries msal's requests over our transport, and remembers what happened: msal's own errors hide it. */
class RecordingNetwork {
	last?: SignInOutcome;

	constructor(
		private readonly transport: Transport,
		private readonly clock: Clock,
		private readonly requestSeconds: number,
		private readonly signal: AbortSignal | undefined,
	) {}

	async sendGetRequestAsync<T>(url: string, options?: MsalRequest): Promise<MsalResponse<T>> {
		return await this.send<T>('GET', url, options);
	}

	async sendPostRequestAsync<T>(url: string, options?: MsalRequest): Promise<MsalResponse<T>> {
		return await this.send<T>('POST', url, options);
	}

	private async send<T>(method: string, url: string, options: MsalRequest = {}): Promise<MsalResponse<T>> {
		const timeout = AbortSignal.timeout(this.requestSeconds * 1000);
		try {
			const response = await this.transport(url, {
				method,
				headers: options.headers,
				body: options.body,
				redirect: 'manual',
				signal: this.signal ? AbortSignal.any([this.signal, timeout]) : timeout,
			});
			const text = await response.text();
			const body = parsed(text);
			this.last = {
				kind: 'answer',
				url,
				status: response.status,
				body,
				retryAfterSeconds: retryAfterSeconds(response.headers.get('retry-after'), this.clock.now()),
				requestId: response.headers.get('x-ms-request-id') ?? undefined,
			};
			const headers: Record<string, string> = {};
			response.headers.forEach((value, name) => (headers[name] = value));
			return { status: response.status, headers, body: body as T };
		} catch (error) {
			this.last = { kind: 'network', url, error };
			throw error;
		}
	}
}

interface MsalRequest {
	headers?: Record<string, string>;
	body?: string;
}

function parsed(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? value : {};
	} catch {
		return {};
	}
}
