import type { KeyAndCertificate } from '../base/certificates';
import { createServerCertificate } from '../base/certificates';
import { FaultBook } from '../base/faults';
import { startServer, type SeenRequest, type SimulatedRequest, type SimulatedResponse, type SimulatorServer } from '../base/server';
import { authenticate, me, RateLimit, requirePermission } from './access';
import { ALERT_ROUTES } from './alerts';
import { Answer, notFound, outsideContract } from './answers';
import { ASSET_ROUTES } from './assets';
import { CONTACT_ROUTES } from './contacts';
import { CUSTOMER_ROUTES } from './customers';
import { PORTAL_USER_ROUTES } from './portalUsers';
import { DEFAULT_QUIRKS, type SyncroQuirks } from './quirks';
import type { Route } from './route';
import { SCHEDULE_LINE_ROUTES } from './scheduleLines';
import { SCHEDULE_ROUTES } from './schedules';
import { SEARCH_ROUTES } from './search';
import type { SyncroSeed } from './seed';
import { SETTINGS_ROUTES } from './settings';
import { SyncroState } from './state';
import { TICKET_COMMENT_ROUTES } from './ticketComments';
import { TICKET_ROUTES } from './tickets';

export interface SyncroOptions {
	/** Signs the server's certificate. */
	authority: KeyAndCertificate;
	seed: SyncroSeed;
	/** Moments of created_at, of the Date header and of the request limit. Default: the real clock. */
	clock?: { now(): number };
	quirks?: Partial<SyncroQuirks>;
	latencyMilliseconds?: () => number;
	/** 0 for any free port. */
	port?: number;
}

export interface SyncroSimulator {
	server: SimulatorServer;
	/** Base address of the API: `https://localhost:<port>/api/v1`. */
	origin: string;
	faults: FaultBook;
	seen: SeenRequest[];
	state: SyncroState;
	/** Switches that may be changed while it runs. */
	quirks: SyncroQuirks;
	/** POST, PUT and DELETE requests that arrived, whatever came of them. */
	writes(): number;
	stop(): Promise<void>;
}

const BASE = '/api/v1';

/** Starts a simulated Syncro account on loopback. It is stateful and strict, and shares no code with the client. */
export async function startSyncro(options: SyncroOptions): Promise<SyncroSimulator> {
	const now = () => (options.clock ? options.clock.now() : Date.now());
	const quirks: SyncroQuirks = { ...DEFAULT_QUIRKS, ...options.quirks };
	const state = new SyncroState(options.seed, now);
	const limit = new RateLimit(now, quirks);
	const faults = new FaultBook();
	let writes = 0;
	const server = await startServer({
		tls: createServerCertificate(options.authority),
		faults,
		port: options.port,
		latencyMilliseconds: options.latencyMilliseconds,
		handle: (request) => {
			if (request.method !== 'GET') writes++;
			const response = answer(request, options.seed, state, quirks, limit);
			return { ...response, headers: { date: new Date(now()).toUTCString(), ...response.headers } };
		},
	});
	return {
		server,
		origin: server.origin + BASE,
		faults,
		seen: server.seen,
		state,
		quirks,
		writes: () => writes,
		stop: async () => await server.close(),
	};
}

const ROUTES: readonly Route[] = [
	{ method: 'GET', path: /^\/me$/, respond: ({ token, state, quirks }) => me(token, state.seed, quirks) },
	...SEARCH_ROUTES,
	...SETTINGS_ROUTES,
	...CUSTOMER_ROUTES,
	...CONTACT_ROUTES,
	...ASSET_ROUTES,
	...SCHEDULE_ROUTES,
	...SCHEDULE_LINE_ROUTES,
	...ALERT_ROUTES,
	...TICKET_ROUTES,
	...TICKET_COMMENT_ROUTES,
	...PORTAL_USER_ROUTES,
];

function answer(request: SimulatedRequest, seed: SyncroSeed, state: SyncroState, quirks: SyncroQuirks, limit: RateLimit): SimulatedResponse {
	try {
		limit.count();
		const token = authenticate(request, seed, quirks);
		if (!request.url.pathname.startsWith(`${BASE}/`)) throw notFound(quirks, 'Page');
		const path = request.url.pathname.slice(BASE.length);
		const route = ROUTES.find((candidate) => candidate.method === request.method && candidate.path.test(path));
		if (!route) throw outsideContract(`${request.method} ${request.url.pathname}`);
		for (const name of request.url.searchParams.keys()) {
			if (name !== 'api_key' && !route.parameters?.includes(name)) throw outsideContract(`parameter ${name} of ${path}`);
		}
		if (route.permission) requirePermission(token, route.permission, quirks);
		const [, id, secondId] = (route.path.exec(path) ?? []).map(Number);
		const response = route.respond({ request, id, secondId, token, state, quirks });
		// Answers are copies: what a test changes later does not reach back into an answer.
		return { ...response, body: response.body === undefined ? undefined : structuredClone(response.body) };
	} catch (error) {
		if (error instanceof Answer) return error.response;
		throw error;
	}
}
