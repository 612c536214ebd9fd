import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { systemClock, type Clock } from '../../../http/clock';
import { retryAfterSeconds } from '../../../http/retryAfter';
import { transportFor, type Transport } from '../../../http/transport';
import { SyncError } from '../../../model/syncError';
import { backoffSeconds, politeSeconds, STANDARD_RETRIES, TimeBudget, type RetryPolicy } from '../transport/waiting';
import { prepareCertificate, type PreparedCertificate } from './certificate';
import { endpointsOf } from './clouds';
import { checkClientId, type EntraApp, type SecretProof } from './entraApp';
import { explainSignIn, type SignInOutcome } from './signInErrors';
import type { AccessToken } from './tokenSource';

export interface SignInOptions {
	transport?: Transport;
	clock?: Clock;
	random?: () => number;
	retries?: RetryPolicy;
	budget?: TimeBudget;
	/** Seconds that one request to the sign-in service may take. */
	requestSeconds?: number;
}

/** One way to get a token out of msal. */
export type Grant = (msal: ConfidentialClientApplication) => Promise<AuthenticationResult | null>;

/** A token, and what else the sign-in service gave with it. */
export interface Granted {
	token: AccessToken;
	/** Of a user's sign-in. */
	refreshToken?: string;
}

/**
 * Asks a tenant's sign-in service for a token. What may pass (network, throttling, a service in trouble) is tried again.
 *
 * @param tenant GUID or domain, checked
 * @param account who signs in with the app, where it does not act by itself; for messages
 * @throws SyncError for a refusal, and when trying again did not help
 */
export async function requestToken(app: EntraApp, tenant: string, grant: Grant, options: SignInOptions, signal?: AbortSignal, account?: { name?: string }): Promise<Granted> {
	const { loginOrigin, ownLogin } = endpointsOf(app);
	const clock = options.clock ?? systemClock;
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
			const result = await grant(msal);
			if (result?.accessToken) {
				const token = { value: result.accessToken, obtainedAt, expiresAt: obtainedAt + lifetimeSeconds(network.last, result.expiresOn) * 1000 };
				return { token, refreshToken: refreshTokenOf(network.last) };
			}
		} catch (error) {
			failure = error;
		}
		signal?.throwIfAborted();
		const { error, transient } = explainSignIn(network.last, failure, { app, tenant, loginOrigin, certificate, account });
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

/** msal keeps it to itself. */
function refreshTokenOf(outcome: SignInOutcome | undefined): string | undefined {
	const token = outcome?.kind === 'answer' ? (outcome.body as { refresh_token?: unknown }).refresh_token : undefined;
	return typeof token === 'string' && token !== '' ? token : undefined;
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
