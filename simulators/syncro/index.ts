import type { KeyAndCertificate } from '../base/certificates';
import { createServerCertificate } from '../base/certificates';
import { FaultBook } from '../base/faults';
import { startServer, type SeenRequest, type SimulatedRequest, type SimulatedResponse, type SimulatorServer } from '../base/server';
import { authenticate, me, RateLimit, requirePermission } from './access';
import { Answer, notFound, outsideContract } from './answers';
import { createContact, deleteContact, getContact, listContacts, updateContact } from './contacts';
import { autocompleteCustomers, getCustomer, listCustomers, search } from './customers';
import { DEFAULT_QUIRKS, type SyncroQuirks } from './quirks';
import type { SyncroPermission, SyncroSeed, SyncroToken } from './seed';
import { SyncroState } from './state';

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

interface Route {
	method: string;
	path: RegExp;
	permission?: SyncroPermission;
	/** Query parameters that the specification names; `per_page` is taken and ignored on lists. */
	parameters: string[];
	respond(call: { request: SimulatedRequest; id: number; token: SyncroToken; state: SyncroState; quirks: SyncroQuirks }): SimulatedResponse;
}

const VIEW: SyncroPermission = 'Customers - View Detail';
const EDIT: SyncroPermission = 'Customers - Edit';
const CUSTOMER_FILTERS = ['sort', 'query', 'firstname', 'lastname', 'business_name', 'id[]', 'not_id[]', 'email', 'include_disabled', 'page', 'per_page'];

const ROUTES: Route[] = [
	{ method: 'GET', path: /^\/me$/, parameters: [], respond: ({ token, state, quirks }) => me(token, state.seed, quirks) },
	{ method: 'GET', path: /^\/search$/, parameters: ['query'], respond: ({ request, state }) => search(state, request.url) },
	{
		method: 'GET',
		path: /^\/customers\/autocomplete$/,
		parameters: ['query'],
		respond: ({ request, state, quirks }) => autocompleteCustomers(state, quirks, request.url),
	},
	{
		method: 'GET',
		path: /^\/customers$/,
		permission: 'Customers - List/Search',
		parameters: CUSTOMER_FILTERS,
		respond: ({ request, state, quirks }) => listCustomers(state, quirks, request.url),
	},
	{ method: 'GET', path: /^\/customers\/(\d+)$/, permission: VIEW, parameters: [], respond: ({ id, state, quirks }) => getCustomer(state, quirks, id) },
	{
		method: 'GET',
		path: /^\/contacts$/,
		permission: VIEW,
		parameters: ['customer_id', 'page', 'per_page'],
		respond: ({ request, state, quirks }) => listContacts(state, quirks, request.url),
	},
	{ method: 'GET', path: /^\/contacts\/(\d+)$/, permission: VIEW, parameters: [], respond: ({ id, state, quirks }) => getContact(state, quirks, id) },
	{ method: 'POST', path: /^\/contacts$/, permission: EDIT, parameters: [], respond: ({ request, state, quirks }) => createContact(state, quirks, request) },
	{
		method: 'PUT',
		path: /^\/contacts\/(\d+)$/,
		permission: EDIT,
		parameters: [],
		respond: ({ request, id, state, quirks }) => updateContact(state, quirks, id, request),
	},
	{ method: 'DELETE', path: /^\/contacts\/(\d+)$/, permission: EDIT, parameters: [], respond: ({ id, state, quirks }) => deleteContact(state, quirks, id) },
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
			if (name !== 'api_key' && !route.parameters.includes(name)) throw outsideContract(`parameter ${name} of ${path}`);
		}
		if (route.permission) requirePermission(token, route.permission, quirks);
		const id = Number(route.path.exec(path)?.[1]);
		// Answers are copies: what a test changes later does not reach back into an answer.
		const response = route.respond({ request, id, token, state, quirks });
		return { ...response, body: response.body === undefined ? undefined : structuredClone(response.body) };
	} catch (error) {
		if (error instanceof Answer) return error.response;
		throw error;
	}
}
