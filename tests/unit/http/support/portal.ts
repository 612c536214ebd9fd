import { createAuthority } from '../../../../simulators/base/certificates';
import { startPortal, type PortalQuirks, type PortalSeed, type PortalSimulator } from '../../../../simulators/portal';
import { shown } from '../../../../simulators/portal/collection';
import { transportFor, type Transport } from '../../../../sync/http/transport';
import { HttpEndpointClient, type HttpEndpointSettings } from '../../../../sync/target/http/client';
import { DEFAULT_WRITE_SETTINGS, type WriteSettings } from '../../../../sync/target/http/settings';
import { PatientClock } from '../../syncro/support/account';

export const KEY = 'key-that-writes-0451';
export const READ_KEY = 'key-that-reads-0451';

const SEED: PortalSeed = {
	keys: [{ key: KEY, writes: true }, { key: READ_KEY, writes: false }],
	users: [
		{ customerId: 'acme', name: 'Ada Lovelace', email: 'ada@northwind.example', phone: '1' },
		{ customerId: 'acme', name: 'Vendor', email: 'vendor@else.example' },
		{ customerId: 'other', name: 'Ada Lovelace', email: 'ada@northwind.example' },
	],
	devices: [],
};

export interface Portal {
	simulator: PortalSimulator;
	clock: PatientClock;
	ca: string;
	transport: Transport;
	client(settings?: Partial<HttpEndpointSettings>): HttpEndpointClient;
	/** The users of the customer as answers show them. */
	users(): Array<Record<string, unknown>>;
	/** Writes that arrived, as previews show requests. */
	sent(): Array<{ method: string; path: string; body?: unknown }>;
}

/** A simulated portal and clients for it, all under one patient clock. */
export async function openPortal(quirks: Partial<PortalQuirks> = {}, clock = new PatientClock()): Promise<Portal> {
	const authority = createAuthority();
	const simulator = await startPortal({ authority, seed: SEED, clock, quirks });
	const transport = transportFor({ caCertificates: authority.cert });
	return {
		simulator,
		clock,
		ca: authority.cert,
		transport,
		client: (settings = {}) =>
			new HttpEndpointClient({
				baseAddress: simulator.origin, accountName: 'portal', headerName: 'Authorization', headerValue: `Bearer ${KEY}`,
				requestsPerMinute: 100, transport, clock, random: () => 0, timeoutMilliseconds: 2_000, ...settings,
			}),
		users: () => simulator.state.users.rows.filter(({ customerId }) => customerId === 'acme').map(shown),
		sent: () => simulator.seen.filter(({ method }) => method !== 'GET').map(({ method, url, body }) => ({ method, path: url.pathname + url.search, ...(body === '' ? {} : { body: JSON.parse(body) as unknown }) })),
	};
}

/** The portal's users as a builder would describe them. */
export const USERS: WriteSettings = {
	...DEFAULT_WRITE_SETTINGS,
	keyHours: 24,
	requests: {
		create: { method: 'POST', path: '/users', send: 'changed' },
		update: { method: 'PATCH', path: '/users/{recordId}', send: 'changed' },
		deactivate: { method: 'PATCH', path: '/users/{recordId}', send: 'changed' },
		delete: { method: 'DELETE', path: '/users/{recordId}', send: 'nothing' },
	},
	places: [
		{ field: 'externalId', path: 'externalId', type: 'text' },
		{ field: 'name', path: 'name', type: 'text' },
		{ field: 'email', path: 'email', type: 'text' },
		{ field: 'active', path: 'active', type: 'boolean' },
		{ field: 'title', path: 'title', type: 'text' },
		{ field: 'department', path: 'profile.department', type: 'text' },
	],
	fixed: [{ path: 'customerId', value: '{customerId}', type: 'text', with: ['create'] }],
	listPath: 'data',
};

/** Of an endpoint that can be read: each record is read before it is changed, and its answers say what was stored. */
export const READABLE: WriteSettings = { ...USERS, readPath: '/users/{recordId}', verify: 'answer' };
