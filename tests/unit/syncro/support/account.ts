import type { Clock } from '../../../../sync/http/clock';
import { transportFor, type Transport } from '../../../../sync/http/transport';
import { SyncroClient, type SyncroSettings } from '../../../../sync/target/syncro/client';
import { createAuthority } from '../../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../../simulators/syncro';
import type { SyncroQuirks } from '../../../../simulators/syncro/quirks';
import { ALL_SYNCRO_PERMISSIONS, type SyncroSeed } from '../../../../simulators/syncro/seed';

/** Time that passes only by being slept through. */
export class PatientClock implements Clock {
	moment = Date.parse('2026-11-22T08:00:00Z');
	slept = 0;

	now(): number {
		return this.moment;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		await Promise.resolve();
		this.moment += milliseconds;
		this.slept += milliseconds;
	}
}

export const TOKEN = 'token-with-everything';
export const READ_TOKEN = 'token-that-may-read';

export const SEED: SyncroSeed = {
	subdomain: 'acme',
	tokens: [
		{ token: TOKEN, permissions: [...ALL_SYNCRO_PERMISSIONS] },
		{ token: READ_TOKEN, permissions: ['Customers - List/Search', 'Customers - View Detail'] },
	],
	customers: [
		{ id: 1, business_name: 'Northwind Traders', email: 'office@northwind.example' },
		{ id: 2, business_name: 'Northwind Trading East' },
		{ id: 3, business_name: 'Closed Shop', disabled: true },
	],
	contacts: [
		{ id: 11, customer_id: 1, name: 'Ada Lovelace', email: 'ada@northwind.example', phone: '+1 (555) 010-0100', properties: { title: 'Analyst', Badge: 'A-7' } },
		{ id: 12, customer_id: 1, name: 'Vendor', email: 'vendor@else.example', notes: 'Not a user.' },
		{ id: 21, customer_id: 2, name: 'Ada Lovelace', email: 'ada@northwind.example' },
	],
};

export interface Account {
	simulator: SyncroSimulator;
	clock: PatientClock;
	/** Trusts the account's certificate. */
	transport: Transport;
	client(settings?: Partial<SyncroSettings>): SyncroClient;
}

/** A simulated account and clients for it, all under one patient clock. */
export async function openAccount(seed: SyncroSeed = SEED, quirks: Partial<SyncroQuirks> = {}): Promise<Account> {
	const authority = createAuthority();
	const clock = new PatientClock();
	const simulator = await startSyncro({ authority, seed, clock, quirks });
	const transport = transportFor({ caCertificates: authority.cert });
	return {
		simulator,
		clock,
		transport,
		client: (settings = {}) =>
			new SyncroClient({
				subdomain: seed.subdomain,
				token: TOKEN,
				addressOverride: simulator.origin,
				transport,
				clock,
				random: () => 0,
				timeoutMilliseconds: 2_000,
				...settings,
			}),
	};
}
