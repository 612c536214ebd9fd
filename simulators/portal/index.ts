import { createServerCertificate, type KeyAndCertificate } from '../base/certificates';
import { FaultBook } from '../base/faults';
import { startServer, type SeenRequest, type SimulatedRequest, type SimulatedResponse, type SimulatorServer } from '../base/server';
import { Collection, DEVICE, fieldsOf, shown, USER, type Row } from './collection';
import { KeptAnswers } from './idempotency';
import { Problem, problem } from './problem';

export interface PortalSeed {
	/** Keys, and whether they may write. */
	keys: Array<{ key: string; writes: boolean }>;
	users: Array<Record<string, unknown>>;
	devices: Array<Record<string, unknown>>;
}

export interface PortalQuirks {
	requestsPerMinute: number;
	perPage: number;
	reading: 'allowed' | 'refused';
	/** What writes answer with. */
	answers: 'record' | 'id' | 'empty';
	unknownFields: 'refuse' | 'drop';
	idempotency: 'honour' | 'ignore';
}

const DEFAULT_QUIRKS: Readonly<PortalQuirks> = { requestsPerMinute: 120, perPage: 50, reading: 'allowed', answers: 'record', unknownFields: 'refuse', idempotency: 'honour' };

export interface PortalState {
	users: Collection;
	devices: Collection;
	/** Welcome mails, by address. */
	outbox: string[];
	/** As it was seeded. */
	reset(): void;
}

export interface PortalOptions {
	authority: KeyAndCertificate;
	seed: PortalSeed;
	/** Moments of records, of the limit and of idempotency keys. Default: the real clock. */
	clock?: { now(): number };
	quirks?: Partial<PortalQuirks>;
	latencyMilliseconds?: () => number;
	port?: number;
}

export interface PortalSimulator {
	server: SimulatorServer;
	/** Base address of the API. */
	origin: string;
	faults: FaultBook;
	seen: SeenRequest[];
	state: PortalState;
	quirks: PortalQuirks;
	/** Requests other than GET that arrived, whatever came of them. */
	writes(): number;
	stop(): Promise<void>;
}

const BASE = '/api/v1';

/** Starts a simulated client portal on loopback; its contract is in the README beside this file. */
export async function startPortal(options: PortalOptions): Promise<PortalSimulator> {
	const portal = new Portal(options);
	const faults = new FaultBook();
	const server = await startServer({
		tls: createServerCertificate(options.authority),
		faults,
		port: options.port,
		latencyMilliseconds: options.latencyMilliseconds,
		handle: (request) => portal.answer(request),
	});
	portal.origin = server.origin;
	return {
		server,
		origin: server.origin + BASE,
		faults,
		seen: server.seen,
		state: portal.state,
		quirks: portal.quirks,
		writes: () => portal.writes,
		stop: async () => await server.close(),
	};
}

class Portal {
	readonly quirks: PortalQuirks;
	readonly state: PortalState;
	origin = '';
	writes = 0;
	private moments: number[] = [];
	private kept: KeptAnswers;
	private readonly now: () => number;

	constructor(private readonly options: PortalOptions) {
		this.now = () => (options.clock ? options.clock.now() : Date.now());
		this.quirks = { ...DEFAULT_QUIRKS, ...options.quirks };
		this.kept = new KeptAnswers(this.now);
		this.state = { users: this.filled(USER), devices: this.filled(DEVICE), outbox: [], reset: () => this.reset() };
	}

	answer(request: SimulatedRequest): SimulatedResponse {
		if (request.method !== 'GET') this.writes++;
		try {
			this.count();
			const { writes } = this.authenticate(request);
			if (request.method === 'GET' && this.quirks.reading === 'refused') throw problem(405, 'Method not allowed', 'This endpoint cannot be read.', { headers: { allow: 'POST, PATCH, PUT, DELETE' } });
			if (request.method !== 'GET' && !writes) throw problem(403, 'Forbidden', 'This key may only read.');
			const respond = () => structuredClone(this.route(request));
			return this.quirks.idempotency === 'honour' ? this.kept.answer(request, respond) : respond();
		} catch (error) {
			if (error instanceof Problem) return error.response;
			throw error;
		}
	}

	private route(request: SimulatedRequest): SimulatedResponse {
		const { method, url } = request;
		const [, noun, id, further] = /^\/api\/v1\/(users|devices)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
		if (noun === undefined) throw problem(404, 'Not found', 'There is nothing at this address.');
		const collection = noun === 'users' ? this.state.users : this.state.devices;
		if (id === undefined && method === 'GET') return this.list(collection, noun, url);
		if ([...url.searchParams].length > 0) throw problem(400, 'Bad request', 'This request takes no query parameters.');
		const told = decodeURIComponent(further ?? id ?? '');
		if (id === undefined && method === 'POST') return this.written(201, this.created(collection, this.body(request, collection)));
		if (id === 'external' && further !== undefined && method === 'PUT') return this.upsert(collection, told, this.body(request, collection));
		if (noun === 'users' && further === 'deactivate' && method === 'POST') {
			if (request.body !== '') throw problem(422, 'Unprocessable content', 'This request takes no body.');
			return this.written(200, collection.change(collection.get(decodeURIComponent(id)), { active: false }));
		}
		if (id === undefined || further !== undefined) throw problem(405, 'Method not allowed', 'This address does not know that method.');
		if (method === 'GET') return { status: 200, body: shown(collection.get(told)) };
		if (method === 'PATCH') return this.written(200, collection.change(collection.get(told), this.body(request, collection)));
		if (method === 'DELETE') {
			collection.remove(told);
			return { status: 204 };
		}
		throw problem(405, 'Method not allowed', 'This address does not know that method.');
	}

	private list(collection: Collection, noun: string, url: URL): SimulatedResponse {
		const known = ['customerId', 'externalId', 'email', 'page', 'cursor'];
		for (const name of url.searchParams.keys()) if (!known.includes(name)) throw problem(400, 'Bad request', `There is no query parameter ${name}.`);
		const wanted = ['customerId', 'externalId', 'email'].flatMap((name) => (url.searchParams.has(name) ? [[name, url.searchParams.get(name)!]] : []));
		const rows = collection.rows.filter((row) => wanted.every(([name, value]) => String(row[name] ?? '').toLowerCase() === value.toLowerCase()));
		const page = Number(url.searchParams.get('page') ?? url.searchParams.get('cursor')?.replace(/^after-/, '') ?? 1);
		if (!Number.isInteger(page) || page < 1) throw problem(400, 'Bad request', 'There is no such page.');
		const { perPage } = this.quirks;
		const more = page * perPage < rows.length;
		const next = new URL(`${this.origin}${BASE}/${noun}`);
		for (const [name, value] of wanted) next.searchParams.set(name, value);
		next.searchParams.set('page', String(page + 1));
		return { status: 200, body: { data: rows.slice((page - 1) * perPage, page * perPage).map(shown), next: more ? next.href : null, cursor: more ? `after-${page + 1}` : null } };
	}

	private created(collection: Collection, fields: Record<string, unknown>): Row {
		const row = collection.create(fields);
		if (collection.shape.noun === 'user' && typeof row.email === 'string') this.state.outbox.push(row.email);
		return row;
	}

	private upsert(collection: Collection, externalId: string, fields: Record<string, unknown>): SimulatedResponse {
		const row = collection.rows.find((each) => each.externalId === externalId);
		return row ? this.written(200, collection.replace(row, { ...fields, externalId })) : this.written(201, this.created(collection, { ...fields, externalId }));
	}

	private written(status: number, row: Row): SimulatedResponse {
		const bodies = { record: shown(row), id: { id: row.id }, empty: undefined };
		return { status, body: bodies[this.quirks.answers] };
	}

	private body(request: SimulatedRequest, { shape }: Collection): Record<string, unknown> {
		if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw problem(415, 'Unsupported media type', 'The body must be application/json.');
		let json: unknown;
		try {
			json = JSON.parse(request.body);
		} catch {
			throw problem(400, 'Bad request', 'The body is not JSON.');
		}
		return fieldsOf(json, shape, this.quirks.unknownFields);
	}

	private authenticate({ headers }: SimulatedRequest): PortalSeed['keys'][number] {
		const key = this.options.seed.keys.find((each) => headers.authorization === `Bearer ${each.key}`);
		if (!key) throw problem(401, 'Unauthorized', 'The key is not known.');
		return key;
	}

	private count(): void {
		const now = this.now();
		this.moments = this.moments.filter((moment) => moment > now - 60_000);
		if (this.moments.length >= this.quirks.requestsPerMinute) {
			throw problem(429, 'Too many requests', 'Come back later.', { headers: { 'retry-after': String(Math.ceil((this.moments[0] + 60_000 - now) / 1000)) } });
		}
		this.moments.push(now);
	}

	private filled(shape: typeof USER): Collection {
		const collection = new Collection(shape, this.now);
		const { users, devices } = this.options.seed;
		for (const row of shape === USER ? users : devices) collection.create(fieldsOf(row, shape, 'refuse'));
		return collection;
	}

	private reset(): void {
		Object.assign(this.state, { users: this.filled(USER), devices: this.filled(DEVICE), outbox: [] });
		this.kept = new KeptAnswers(this.now);
	}
}
