import type { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { systemClock, type Clock } from '../../../http/clock';
import { transportFor, type Transport } from '../../../http/transport';
import { SyncError } from '../../../model/syncError';
import { endpointsOf } from '../signIn/clouds';
import { checkClientId, isGuid, tenantInAddress, type EntraApp } from '../signIn/entraApp';
import { readBatch } from './batch';
import { download, type Download } from './download';
import { explainRefusal, type Circumstances } from './errors';
import { Exchange, type Answer, type GraphRequest } from './exchange';
import { Authentication } from './middleware/authentication';
import { Delivery } from './middleware/delivery';
import { Pacing } from './middleware/pacing';
import { Resilience } from './middleware/resilience';
import { paceOf } from './pacing';
import { partnerSignIn, type PartnerAccount } from '../signIn/partnerSignIn';
import { signIn } from '../signIn/signIn';
import { rolesOf, scopesOf, tenantOf } from '../signIn/token';
import type { TokenSource } from '../signIn/tokenSource';
import { backoffSeconds, STANDARD_RETRIES, TimeBudget, type RetryPolicy } from './waiting';

export interface GraphClientOptions {
	app: EntraApp;
	/** The app acts for this service account of its tenant; without it, it acts by itself. */
	account?: PartnerAccount;
	/** GUID or verified domain; without it the app's own tenant. */
	tenantId?: string;
	signal?: AbortSignal;
	transport?: Transport;
	clock?: Clock;
	/** 0 ≤ x < 1, for the spread of waits. */
	random?: () => number;
	retries?: RetryPolicy;
	/** Seconds that the reads through this client may take together before a wait is refused. Default two hours. */
	budgetSeconds?: number;
	/** Seconds for one request, its body included. Default 120. */
	requestSeconds?: number;
}

/** Reads from Microsoft Graph as one app in one tenant. Create one with `graphClient`. */
export interface GraphClient {
	/** As it was given: GUID or domain, lower case. For the GUID ask `tenantGuid`. */
	readonly tenant: string;
	readonly clientId: string;
	readonly loginOrigin: string;
	readonly graphOrigin: string;
	/** The app acts for a partner's service account. */
	readonly delegated: boolean;
	/** Origin of the Entra admin center in this cloud. */
	readonly adminCentre: string;
	readonly signal?: AbortSignal;
	/**
	 * One request, whatever the status of its answer, after waits and retries.
	 *
	 * @throws SyncError when there is no whole answer; the signal's reason when it is aborted
	 */
	request(options: GraphRequest): Promise<Answer>;
	/**
	 * One request that has to succeed.
	 *
	 * @returns the body of its answer; undefined where it has none
	 * @throws SyncError for every status from 300 on
	 */
	read<T>(options: GraphRequest): Promise<T>;
	/**
	 * Many small GETs, twenty on one way. Each is paced, waited for and tried again for itself.
	 *
	 * @returns their answers, whatever the status, in the order of the requests
	 * @throws SyncError when there is no whole answer to one of them
	 */
	batch(requests: readonly GraphRequest[]): Promise<Answer[]>;
	/**
	 * What a report's address leads to, as bytes. The token does not go to the host of the download.
	 *
	 * @throws SyncError when the report is refused, or the download does not begin
	 */
	download(options: GraphRequest): Promise<Download>;
	/**
	 * Waits before something is begun anew after so many failed tries, longer each time.
	 *
	 * @throws SyncError when the run has no time left for it
	 */
	pause(failedTries: number, error: SyncError): Promise<void>;
	/** The tenant has at least so many users; its quota grows with its size. */
	learnSize(users: number): void;
	/** An answer as the error that `read` would throw. */
	explain(answer: Answer, options: GraphRequest): SyncError;
	/**
	 * Application permissions in the token; undefined when the token cannot be decoded.
	 *
	 * @param renew asks Entra anew, so that a consent given a moment ago counts
	 */
	roles(renew?: boolean): Promise<string[] | undefined>;
	/** As `roles`, the delegated permissions of a client that acts for an account. */
	scopes(renew?: boolean): Promise<string[] | undefined>;
	/** The tenant's GUID from the token, when it can be known without a read. */
	tenantGuid(): Promise<string | undefined>;
}

const VERSION = 'v1.0';

/**
 * A client for one tenant. Nothing is sent before the first read.
 *
 * @throws SyncError (configuration) for a malformed tenant, client id or address
 */
export function graphClient(options: GraphClientOptions): GraphClient {
	const { app, account, signal } = options;
	const tenant = tenantInAddress(options.tenantId?.trim() ? options.tenantId : app.tenantId);
	const clientId = checkClientId(app.clientId);
	const { loginOrigin, graphOrigin, adminCentre } = endpointsOf(app);
	const clock = options.clock ?? systemClock;
	const random = options.random ?? Math.random;
	const retries = options.retries ?? STANDARD_RETRIES;
	const budget = new TimeBudget(clock, options.budgetSeconds ?? 7_200);
	const transport = options.transport ?? transportFor({ caCertificates: app.caCertificate });
	const requestSeconds = options.requestSeconds ?? 120;
	const signInOptions = { transport: options.transport, clock: options.clock, random, retries, budget, requestSeconds: options.requestSeconds };
	const tokens = account ? partnerSignIn(app, account, tenant, signInOptions) : signIn(app, tenant, signInOptions);
	let lastToken = '';
	const remembered: TokenSource = {
		async token(request) {
			const token = await tokens.token(request);
			lastToken = token.value;
			return token;
		},
	};
	// By GUID where it is known: the same tenant by domain and by GUID shares its quota.
	const pace = () => paceOf(clock, graphOrigin, clientId, tenantOf(lastToken) ?? tenant);
	let started: Promise<Client> | undefined;

	const circumstances = (request: GraphRequest): Circumstances => ({
		sentence: `Could not ${request.reading.verb ?? 'read'} ${request.reading.what} of tenant ${tenant}`,
		record: request.record,
		tenant,
		clientId,
		loginOrigin,
		reading: request.reading,
		roles: rolesOf(lastToken),
		account: account && { name: account.name, scopes: scopesOf(lastToken), atHome: tenant === tenantInAddress(app.tenantId) },
		ownFilter: request.ownFilter,
		deltaLink: request.deltaLink,
		secrets: [...(request.secrets ?? []), lastToken, app.proof.kind === 'secret' ? app.proof.secret.trim() : (app.proof.passphrase ?? '')],
	});

	/** A token goes to Microsoft Graph and nowhere else, whatever a link says. */
	function absolute(address: string): string {
		if (address.startsWith('/')) return `${graphOrigin}/${VERSION}${address}`;
		const origin = URL.parse(address)?.origin;
		if (origin === graphOrigin) return address;
		throw new SyncError(`A link in an answer of Microsoft Graph leads elsewhere, to ${origin ?? 'no address'}; it was not followed (tenant ${tenant}).`, {
			class: 'refused',
			code: 'graph.foreignLink',
			remedy: 'Check the Graph address in the credential, and whether a proxy changes the answers.',
			tenantId: tenant,
		});
	}

	async function start(): Promise<Client> {
		const { Client } = await import('@microsoft/microsoft-graph-client');
		const stages = [
			new Resilience({ clock, random, retries, budget, pace, circumstances }),
			new Authentication(remembered, clock),
			new Pacing(pace, budget, tenant),
			new Delivery(transport, requestSeconds),
		];
		stages.slice(0, -1).forEach((stage, index) => stage.setNext(stages[index + 1]));
		return Client.initWithMiddleware({ baseUrl: graphOrigin, defaultVersion: VERSION, middleware: stages[0] });
	}

	async function send(graph: Client, request: GraphRequest, exchange: Exchange): Promise<void> {
		const prepared = graph
			.api('/')
			.middlewareOptions([exchange])
			.headers({ Accept: 'application/json', 'client-request-id': exchange.clientRequestId, ...request.headers })
			.responseType('raw' as ResponseType);
		switch (request.method ?? 'GET') {
			case 'GET':
				return void (await prepared.get());
			case 'POST':
				return void (await prepared.post(request.body ?? {}));
			case 'PATCH':
				return void (await prepared.patch(request.body ?? {}));
			case 'DELETE':
				return void (await prepared.delete());
		}
	}

	const client: GraphClient = {
		tenant,
		clientId,
		loginOrigin,
		graphOrigin,
		delegated: account !== undefined,
		adminCentre,
		signal,
		async request(request) {
			const exchange = new Exchange(absolute(request.address), request, signal);
			const graph = await (started ??= start());
			try {
				await send(graph, request, exchange);
			} catch (error) {
				throw exchange.failure ?? error;
			}
			return exchange.answer!;
		},
		async read<T>(request: GraphRequest) {
			const answer = await client.request(request);
			if (answer.status < 200 || answer.status > 299) throw client.explain(answer, request);
			return answer.body as T;
		},
		batch: async (requests) => await readBatch(requests, { client, pace, clock, random, retries, budget, circumstances, graphOrigin }),
		download: async (request) => await download(client, request, { transport, requestSeconds }),
		pause: async (failedTries, error) =>
			await budget.wait(backoffSeconds(retries, failedTries, random), { what: error.message.replace(/\.$/, ''), code: error.code, tenantId: tenant, httpStatus: error.httpStatus, cause: error }, signal),
		learnSize: (users) => pace().learnSize(users),
		explain: (answer, request) => explainRefusal(answer, circumstances(request)),
		async roles(renew = false) {
			return rolesOf((await remembered.token({ renew, signal })).value);
		},
		async scopes(renew = false) {
			return scopesOf((await remembered.token({ renew, signal })).value);
		},
		async tenantGuid() {
			if (isGuid(tenant)) return tenant;
			return tenantOf((await remembered.token({ signal })).value);
		},
	};
	return client;
}
