import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import type { AccessTokenClaims, AccessTokens, TokenRefusal } from '../entra/accessTokens';
import type { SimulatorClock } from '../entra/clock';
import { guidOf } from '../world/random';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { World } from '../world/world';
import { answerBatch } from './batch';
import type { DeltaTokens } from './delta/deltaTokens';
import { hasAny, type GraphAnswer, type GraphCall, type GraphSettings } from './graphCall';
import { callerUnknown, GraphFailure, invalidQuery, methodNotAllowed, permissionMissing, tokenRefused } from './graphFailure';
import type { Notifications } from './notifications/notifications';
import type { PageTokens } from './odata/pageTokens';
import { QueryOptions } from './odata/queryOptions';
import { RESOURCES } from './resources';
import { effectivePermissions } from './roleRights';
import { createRouter } from './router';
import type { ReportDownloads } from './reports/reportDownloads';
import type { Throttle, ThrottleRefusal, ThrottleVerdict } from './throttle';

export interface GraphOptions {
	world: World;
	tokens: AccessTokens;
	pageTokens: PageTokens;
	downloads: ReportDownloads;
	deltas: DeltaTokens;
	notifications: Notifications;
	throttle: Throttle;
	settings: GraphSettings;
	clock: SimulatorClock;
	/** Passes between a request and its answer; the request counts as under way meanwhile. */
	latency: () => Promise<void>;
	/** Origins, known once the servers listen. */
	origin: () => string;
	loginOrigin: () => string;
	/** Values of `aud` that mean this server. */
	audiences: () => readonly string[];
}

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

const TOKEN_REFUSALS: Readonly<Record<TokenRefusal, string>> = {
	malformed: 'CompactToken parsing failed with error code: 80049217',
	unknown: 'Access token validation failure. Invalid signature.',
	audience: 'Access token validation failure. Invalid audience.',
	expired: 'Lifetime validation failed, the token is expired.',
};

/** Microsoft Graph v1.0, as far as `resources/` goes. Order of judgement: path, caller, budget, permission, query. */
export function createGraph(options: GraphOptions): (request: SimulatedRequest) => Promise<SimulatedResponse> {
	const route = createRouter(RESOURCES);
	let serial = 0;

	/** @param latency resolves when the request has been under way long enough; the requests of a batch share one */
	const answer = async (request: SimulatedRequest, latency: () => Promise<void>): Promise<GraphAnswer & { headers: Record<string, string> }> => {
		serial++;
		const requestId = guidOf(`request ${serial}`);
		const clientRequestId = request.headers['client-request-id'] ?? requestId;
		let outcome: GraphAnswer;
		try {
			outcome = await carryOut(request, requestId, latency);
		} catch (error) {
			if (!(error instanceof GraphFailure)) throw error;
			outcome = failureAnswer(error, requestId, clientRequestId, options.clock.now());
		}
		await latency();
		const headers = { ...commonHeaders(requestId, clientRequestId, outcome.body, options.clock.now()), ...outcome.headers };
		return { ...outcome, headers };
	};

	const carryOut = async (request: SimulatedRequest, requestId: string, latency: () => Promise<void>): Promise<GraphAnswer> => {
		const { caller, tenant } = authenticate(request, options);
		const segments = pathSegments(request.url);
		if (segments[0] === '$batch' && segments.length === 1) {
			if (request.method !== 'POST') throw methodNotAllowed();
			await latency();
			return await answerBatch(request, async (step) => await answer(step, latency));
		}
		const { resource, parameters } = route(request.method, segments);
		const call: GraphCall = {
			parameters,
			query: new QueryOptions(request.url.search),
			headers: request.headers,
			body: request.body,
			address: options.origin() + request.url.pathname,
			origin: options.origin(),
			world: options.world,
			tenant,
			caller,
			permissions: effectivePermissions(caller),
			settings: options.settings,
			pageTokens: options.pageTokens,
			downloads: options.downloads,
			deltas: options.deltas,
			notifications: options.notifications,
			clock: options.clock,
		};
		const verdict = options.throttle.charge(call, resource);
		const budget = budgetHeaders(verdict);
		if (verdict.refusal) return throttledAnswer(verdict.refusal, budget, requestId, options);
		const leave = options.throttle.enter(call, resource);
		if (typeof leave !== 'function') return throttledAnswer(leave, budget, requestId, options);
		try {
			await latency();
			const delegated = caller.idtyp === 'user' ? resource.delegatedPermissions : undefined;
			const permissions = delegated ?? resource.permissions;
			if (!hasAny(call, permissions)) throw (resource.refusal ?? permissionMissing)(permissions);
			call.query.allowOnly(resource.options);
			const result = await resource.answer(call);
			return { ...result, headers: { ...budget, ...result.headers } };
		} catch (error) {
			if (!(error instanceof GraphFailure)) throw error;
			throw new GraphFailure(error.status, error.code, error.message, { ...budget, ...error.headers }, error.inner);
		} finally {
			leave();
		}
	};

	return async (request) => {
		let waited: Promise<void> | undefined;
		return await answer(request, async () => await (waited ??= options.latency()));
	};
}

function authenticate(request: SimulatedRequest, options: GraphOptions): { caller: AccessTokenClaims; tenant: TenantDirectory } {
	const match = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '');
	if (!match) throw tokenRefused('Access token is empty.', options.loginOrigin());
	const caller = options.tokens.check(match[1], options.audiences());
	if (typeof caller === 'string') throw tokenRefused(TOKEN_REFUSALS[caller], options.loginOrigin());
	const tenant = options.world.findTenant(caller.tid);
	const principal = tenant?.servicePrincipals.find((each) => each.appId === caller.appid);
	if (!tenant || !principal || principal.unknownToGraph || principal.enabled === false) throw callerUnknown();
	return { caller, tenant };
}

/** Segments below `/v1.0`, decoded. */
function pathSegments(url: URL): string[] {
	let segments: string[];
	try {
		segments = url.pathname.slice(1).split('/').map(decodeURIComponent);
	} catch {
		throw invalidQuery('The request URI is not percent-encoded.');
	}
	const [version, ...rest] = segments;
	if (version !== 'v1.0') throw invalidQuery(`Invalid version: ${version}`);
	return rest;
}

function commonHeaders(requestId: string, clientRequestId: string, body: unknown, now: number): Record<string, string> {
	return {
		'cache-control': 'no-cache',
		'strict-transport-security': 'max-age=31536000',
		'request-id': requestId,
		'client-request-id': clientRequestId,
		'x-ms-ags-diagnostic': JSON.stringify({
			ServerInfo: { DataCenter: 'West Europe', Slice: 'E', Ring: '5', ScaleUnit: '001', RoleInstance: 'AM2PEPF00000001' },
		}),
		'odata-version': '4.0',
		date: new Date(now).toUTCString(),
		...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/plain' : JSON_TYPE }),
	};
}

function failureAnswer(failure: GraphFailure, requestId: string, clientRequestId: string, now: number): GraphAnswer {
	return {
		status: failure.status,
		headers: { 'content-type': 'application/json', ...failure.headers },
		body: {
			error: {
				code: failure.code,
				message: failure.message,
				innerError: { ...failure.inner, date: dateOf(now), 'request-id': requestId, 'client-request-id': clientRequestId },
			},
		},
	};
}

/** Only the directory tells what a request cost. `x-ms-throttle-limit-percentage` comes from 80 % on, and stops at 180 %. */
function budgetHeaders({ units, percentage }: ThrottleVerdict): Record<string, string> {
	if (units === undefined) return {};
	return {
		'x-ms-resource-unit': String(units),
		...(percentage >= 0.8 ? { 'x-ms-throttle-limit-percentage': String(Math.min(1.8, Math.round(percentage * 100) / 100)) } : {}),
	};
}

function throttledAnswer(refusal: ThrottleRefusal, budget: Record<string, string>, requestId: string, options: GraphOptions): GraphAnswer {
	const { retryAfter } = options.settings;
	const { retryAfterSeconds, scope, information, error } = refusal;
	const seconds = Math.max(0.001, retryAfterSeconds ?? 0);
	const header = retryAfter === 'whole' ? String(Math.ceil(seconds)) : (Math.ceil(seconds * 1000) / 1000).toFixed(3);
	return {
		status: 429,
		headers: {
			'content-type': 'application/json',
			...budget,
			...(retryAfter === 'missing' || retryAfterSeconds === undefined ? {} : { 'retry-after': header }),
			...(scope && information ? { 'x-ms-throttle-scope': scope, 'x-ms-throttle-information': information } : {}),
		},
		body: {
			error: {
				code: error?.code ?? 'TooManyRequests',
				innerError: { code: '429', date: dateOf(options.clock.now()), message: 'Please retry after', 'request-id': requestId, status: '429' },
				message: error?.message ?? 'Please retry again later.',
			},
		},
	};
}

/** `yyyy-MM-ddTHH:mm:ss`, as Graph writes it. */
function dateOf(now: number): string {
	return new Date(now).toISOString().slice(0, 19);
}
