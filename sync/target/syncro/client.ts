import type { Call } from '../../http/call';
import { systemClock, type Clock } from '../../http/clock';
import { backoffMilliseconds } from '../../http/exponentialBackoff';
import { pacerFor, type PaceOptions, type PaceState, type RequestsPerMinute } from '../../http/requestsPerMinute';
import { retryAfterSeconds } from '../../http/retryAfter';
import { transportFor, type Transport } from '../../http/transport';
import { SyncError } from '../../model/syncError';
import { LostReply } from '../apply/lostReply';
import { failureOfAnswer, failureOfForeignAnswer, failureOfNetwork, type Failure, type RequestPurpose } from './errors';

export interface SyncroSettings {
	/** First part of the account's address; the whole address is understood as well. */
	subdomain: string;
	token: string;
	/** Base address instead of `https://<subdomain>.syncromsp.com/api/v1`; https only. */
	addressOverride?: string;
	/** PEM certificates trusted besides the public ones. */
	caCertificates?: string;
	/** Default 170; Syncro allows 180 for each outbound address. */
	requestsPerMinute?: number;
	/** How the limit is kept together with other processes of the same address. Default: this process has it for itself. */
	pace?: PaceOptions;
	/** Called after each request's turn, with how the limit is kept. */
	onPace?: (state: PaceState) => void;
	/** How long one request may take. Default 30,000. */
	timeoutMilliseconds?: number;
	/** How long one request is tried again, waiting included, before it fails. Default 120,000; 0 tries once. */
	patienceMilliseconds?: number;
	transport?: Transport;
	clock?: Clock;
	/** As `Math.random`; for the jitter of waiting times. */
	random?: () => number;
}

export interface SyncroRequest extends Call {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below the base address, with a slash at its start. */
	path: string;
	query?: Record<string, string | number>;
	body?: object;
	/** See `RequestPurpose`. */
	doing: string;
	permission?: string;
}

const DEFAULT_REQUESTS_PER_MINUTE = 170;
const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_PATIENCE = 120_000;
/** Syncro documents no Retry-After; then waiting starts here (milliseconds). */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;
const NAP = 10_000;

/**
 * Speaks to one Syncro account: token in the header only, paced with every other client of the address, JSON
 * checked, failures told as `SyncError` (codes start with `syncro.`). Reads are tried again for a while; a write
 * only where it certainly was not carried out, else `LostReply` is thrown.
 */
export class SyncroClient {
	/** The subdomain, in lower case: the account of items and pairings, with an address override too. */
	readonly account: string;
	readonly clock: Clock;
	private readonly base: string;
	private readonly host: string;
	private readonly transport: Transport;
	private readonly pacer: RequestsPerMinute;
	private readonly limit: number;

	/** @throws SyncError class `configuration` for an unusable subdomain, address or token */
	constructor(private readonly settings: SyncroSettings) {
		this.account = accountOf(settings.subdomain);
		this.base = baseAddress(this.account, settings.addressOverride);
		this.host = new URL(this.base).host;
		if (!/^[\x21-\x7e]+$/.test(settings.token.trim())) {
			throw configuration('syncro.tokenMissing', 'The Syncro credential has no usable API token.', 'Enter the API token that Syncro showed when you created it under Admin → API Tokens.');
		}
		this.clock = settings.clock ?? systemClock;
		this.transport = settings.transport ?? transportFor({ caCertificates: settings.caCertificates });
		this.limit = settings.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE;
		// Syncro counts per outbound address, across accounts; an overridden address is a service of its own.
		this.pacer = pacerFor(settings.addressOverride?.trim() ? this.host : 'syncromsp.com', this.clock);
	}

	/**
	 * Sends a request and gives the JSON object of its answer (`{}` for an empty one to DELETE).
	 *
	 * @throws SyncError; LostReply when a write may have been carried out; the signal's reason when it is aborted
	 */
	async request(request: SyncroRequest): Promise<Record<string, unknown>> {
		const started = this.clock.now();
		const patience = this.settings.patienceMilliseconds ?? DEFAULT_PATIENCE;
		for (let attempt = 0; ; attempt++) {
			await this.passGate(request, started + patience);
			await request.keepAlive?.();
			const result = await this.send(request);
			if (!('error' in result)) return result.answer;

			const { error, carriedOut, passing } = result;
			if (request.method !== 'GET' && carriedOut !== 'no') throw lostReply(error, carriedOut === 'later');
			if (!passing) throw error;
			const asked = error.retryAfterSeconds;
			const wait =
				asked === undefined
					? backoffMilliseconds(attempt, { first: FIRST_WAIT, longest: LONGEST_WAIT, random: this.settings.random ?? Math.random })
					: asked * 1000;
			// The others hear of it even if this request gives up.
			if (error.httpStatus === 429) this.pacer.close(wait);
			if (this.clock.now() + wait - started > patience) throw error;
			await this.wait(wait, request);
		}
	}

	/** Waits for the request's turn. @throws SyncError `syncro.429` when the others must wait longer than this one may */
	private async passGate(request: SyncroRequest, deadline: number): Promise<void> {
		if (this.settings.pace) this.pacer.share(this.settings.pace);
		const closedFor = await this.pacer.pass(this.limit, request.signal, request.keepAlive, deadline);
		this.settings.onPace?.(this.pacer.state());
		if (closedFor > 0) throw failureOfAnswer(this.purposeOf(request), 429, undefined, Math.ceil(closedFor / 1000)).error;
	}

	private purposeOf({ doing, permission }: SyncroRequest): RequestPurpose {
		return { account: this.account, host: this.host, doing, permission };
	}

	/** Waits without letting go of what the caller must keep alive. */
	async wait(milliseconds: number, call: Call): Promise<void> {
		const until = this.clock.now() + milliseconds;
		for (let left = milliseconds; left > 0; left = until - this.clock.now()) {
			await this.clock.sleep(Math.min(left, NAP), call.signal);
			await call.keepAlive?.();
		}
	}

	private async send(request: SyncroRequest): Promise<{ answer: Record<string, unknown> } | Failure> {
		const timeout = this.settings.timeoutMilliseconds ?? DEFAULT_TIMEOUT;
		const purpose = this.purposeOf(request);
		const { signal } = request;
		let response: Response;
		let text: string;
		try {
			const deadline = AbortSignal.timeout(timeout);
			response = await this.transport(this.addressOf(request), {
				method: request.method,
				headers: {
					accept: 'application/json',
					authorization: `Bearer ${this.settings.token.trim()}`,
					...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				body: request.body === undefined ? undefined : JSON.stringify(request.body),
				redirect: 'manual',
				signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
			});
			text = await response.text();
		} catch (error) {
			// An abort by the user looks like a lost reply to a write: the intent stays open, as it should.
			signal?.throwIfAborted();
			return failureOfNetwork(purpose, error, timeout);
		}
		const body = parse(text);
		// A 404 of Syncro is JSON or has no body; a page says something about whoever sent it, nothing about the record.
		if (response.status === 404 && text.trim() !== '' && !isObject(body)) {
			return failureOfForeignAnswer(purpose, 404, response.headers.get('content-type'));
		}
		if (!response.ok) {
			const retryAfter = retryAfterSeconds(response.headers.get('retry-after'), this.clock.now());
			return failureOfAnswer(purpose, response.status, body, retryAfter);
		}
		if (text === '' && request.method === 'DELETE') return { answer: {} };
		if (!isObject(body)) return failureOfForeignAnswer(purpose, response.status, response.headers.get('content-type'));
		return { answer: body };
	}

	private addressOf({ path, query }: SyncroRequest): string {
		const url = new URL(this.base + path);
		for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
		return url.toString();
	}
}

function lostReply(error: SyncError, mayStillArrive: boolean): LostReply {
	return new LostReply(error.message, {
		class: 'unavailable',
		code: error.code,
		remedy: error.remedy,
		httpStatus: error.httpStatus,
		mayStillArrive,
		cause: error,
	});
}

function accountOf(subdomain: string): string {
	const name = subdomain
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/\.syncromsp\.com(\/.*)?$/, '');
	if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
		throw configuration(
			'syncro.subdomain',
			`"${subdomain}" is not a Syncro subdomain.`,
			'Enter the first part of the address at which you sign in to Syncro: for https://acme.syncromsp.com that is acme.',
		);
	}
	return name;
}

function baseAddress(account: string, override: string | undefined): string {
	if (!override?.trim()) return `https://${account}.syncromsp.com/api/v1`;
	const url = URL.canParse(override.trim()) ? new URL(override.trim()) : undefined;
	if (url?.protocol !== 'https:' || url.username || url.search || url.hash) {
		throw configuration(
			'syncro.address',
			'The Address Override of the Syncro credential is not a plain https address.',
			'Enter the base address of the API, for example https://proxy.example.com/api/v1, or leave it empty.',
		);
	}
	if (url.pathname === '/') url.pathname = '/api/v1';
	return url.toString().replace(/\/+$/, '');
}

function configuration(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'configuration', code, remedy });
}

function isObject(body: unknown): body is Record<string, unknown> {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: the caller decides what that means for this status.
		return undefined;
	}
}
