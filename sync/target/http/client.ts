import { placesFor, type AtOnce } from '../../http/atOnce';
import type { Call } from '../../http/call';
import { systemClock, type Clock } from '../../http/clock';
import { backoffMilliseconds } from '../../http/exponentialBackoff';
import { pacerFor, type PaceOptions, type RequestsPerMinute } from '../../http/requestsPerMinute';
import { retryAfterSeconds } from '../../http/retryAfter';
import { transportFor, type Transport } from '../../http/transport';
import { SyncError } from '../../model/syncError';
import { LostReply } from '../apply/lostReply';
import { addressOf, endpointOf, type Endpoint } from './address';
import { failureOfAnswer, failureOfForeignAnswer, failureOfNetwork, type Failure, type RequestPurpose } from './errors';

export interface HttpEndpointSettings {
	baseAddress: string;
	/** What the ledger calls the endpoint; default: host and path. */
	accountName?: string;
	headerName: string;
	/** The whole value, for example `Bearer …`. */
	headerValue: string;
	/** PEM, trusted besides the public ones. */
	caCertificates?: string;
	/** Default 60. */
	requestsPerMinute?: number;
	/** Requests under way at one time. Default 4. */
	atOnce?: number;
	/** How the limit is kept together with other processes. Default: this process has it for itself. */
	pace?: PaceOptions;
	/** How long one request may take. Default 30,000. */
	timeoutMilliseconds?: number;
	/** How long one request is tried again, waiting included, before it fails. Default 120,000; 0 tries once. */
	patienceMilliseconds?: number;
	transport?: Transport;
	clock?: Clock;
	/** As `Math.random`; for the jitter of waiting times. */
	random?: () => number;
}

export interface ClientRequest extends Call {
	method: string;
	/** Below the endpoint, or the whole address of a next page that `nextAddressOf` gave. */
	path: string | URL;
	body?: object;
	/** The same for every sending of the same change. */
	idempotency?: { header: string; key: string };
	doing: string;
}

const DEFAULT_REQUESTS_PER_MINUTE = 60;
const DEFAULT_AT_ONCE = 4;
const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_PATIENCE = 120_000;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
const NAP = 10_000;

/**
 * Speaks to one endpoint and to nothing else: the secret goes in its header, redirections are not followed. Paced with
 * every other client of the host, failures told as `SyncError` (codes start with `http.`). Reads are tried again for a
 * while; a write only where it certainly was not carried out, else `LostReply` is thrown.
 */
export class HttpEndpointClient {
	readonly endpoint: Endpoint;
	readonly clock: Clock;
	private readonly transport: Transport;
	private readonly pacer: RequestsPerMinute;
	private readonly places: AtOnce;
	private readonly header: { name: string; value: string };

	/** @throws SyncError class `configuration` for an unusable address or header */
	constructor(private readonly settings: HttpEndpointSettings) {
		this.endpoint = endpointOf(settings.baseAddress, settings.accountName);
		this.header = { name: settings.headerName.trim(), value: settings.headerValue.trim() };
		if (!/^[\w!#$%&'*+.^`|~-]+$/.test(this.header.name) || !/^[\x20-\x7e]+$/.test(this.header.value)) {
			throw new SyncError('The HTTP Target credential has no usable header.', {
				class: 'configuration',
				code: 'http.header',
				remedy: 'Enter the name and the value of the header by which the API knows you, for example Authorization and Bearer followed by a token.',
			});
		}
		this.clock = settings.clock ?? systemClock;
		this.transport = settings.transport ?? transportFor({ caCertificates: settings.caCertificates });
		this.pacer = pacerFor(this.endpoint.host, this.clock);
		this.places = placesFor(this.endpoint.host, this.clock);
	}

	/**
	 * Sends a request and gives the JSON of its answer; undefined for an empty one, or for plain text.
	 *
	 * @throws SyncError; LostReply when a write may have been carried out; the signal's reason when it is aborted
	 */
	async request(request: ClientRequest): Promise<unknown> {
		const started = this.clock.now();
		const patience = this.settings.patienceMilliseconds ?? DEFAULT_PATIENCE;
		const address = typeof request.path === 'string' ? addressOf(this.endpoint, request.path) : request.path;
		for (let attempt = 0; ; attempt++) {
			await this.passGate(request, started + patience);
			await request.keepAlive?.();
			const result = await this.places.run(this.settings.atOnce ?? DEFAULT_AT_ONCE, request, async () => await this.send(request, address));
			if (!('error' in result)) return result.answer;

			const { error, carriedOut, passing } = result;
			if (request.method !== 'GET' && carriedOut !== 'no') throw lostReply(error, carriedOut === 'later');
			if (!passing) throw error;
			const asked = error.retryAfterSeconds;
			const wait = asked === undefined ? backoffMilliseconds(attempt, { first: FIRST_WAIT, longest: LONGEST_WAIT, random: this.settings.random ?? Math.random }) : asked * 1000;
			// The others hear of it even if this request gives up.
			if (error.httpStatus === 429) this.pacer.close(wait);
			if (this.clock.now() + wait - started > patience) throw error;
			await this.wait(wait, request);
		}
	}

	/** Waits without letting go of what the caller must keep alive. */
	async wait(milliseconds: number, call: Call): Promise<void> {
		const until = this.clock.now() + milliseconds;
		for (let left = milliseconds; left > 0; left = until - this.clock.now()) {
			await this.clock.sleep(Math.min(left, NAP), call.signal);
			await call.keepAlive?.();
		}
	}

	private async passGate(request: ClientRequest, deadline: number): Promise<void> {
		if (this.settings.pace) this.pacer.share(this.settings.pace);
		const closedFor = await this.pacer.pass(this.settings.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE, request.signal, request.keepAlive, deadline);
		if (closedFor > 0) throw failureOfAnswer(this.purposeOf(request), 429, undefined, Math.ceil(closedFor / 1000)).error;
	}

	private purposeOf({ doing }: ClientRequest): RequestPurpose {
		return { host: this.endpoint.host, doing, secret: this.header.value };
	}

	private async send(request: ClientRequest, address: URL): Promise<{ answer: unknown } | Failure> {
		const { signal, method, body, idempotency } = request;
		const purpose = this.purposeOf(request);
		const deadline = AbortSignal.timeout(this.settings.timeoutMilliseconds ?? DEFAULT_TIMEOUT);
		let response: Response;
		let text: string;
		try {
			response = await this.transport(address.href, {
				method,
				headers: {
					accept: 'application/json',
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
					...(idempotency ? { [idempotency.header]: idempotency.key } : {}),
					[this.header.name]: this.header.value,
				},
				body: body === undefined ? undefined : JSON.stringify(body),
				redirect: 'manual',
				signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
			});
			text = await response.text();
		} catch (error) {
			signal?.throwIfAborted();
			return failureOfNetwork(purpose, error);
		}
		const json = parse(text);
		const contentType = response.headers.get('content-type');
		if (!response.ok) return failureOfAnswer(purpose, response.status, json, retryAfterSeconds(response.headers.get('retry-after'), this.clock.now()));
		const foreign = json === undefined && text.trim() !== '' && (method === 'GET' || /html/i.test(contentType ?? '') || text.trimStart().startsWith('<'));
		return foreign ? failureOfForeignAnswer(purpose, contentType) : { answer: json };
	}
}

function lostReply(error: SyncError, mayStillArrive: boolean): LostReply {
	const { message, code, remedy, httpStatus } = error;
	return new LostReply(message, { class: 'unavailable', code, remedy, httpStatus, mayStillArrive, cause: error });
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: the caller decides what that means.
		return undefined;
	}
}
