import { Agent, fetch } from 'undici';
import { createAuthority } from '../../../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../../../simulators/syncro';
import { DEFAULT_QUIRKS, type SyncroQuirks } from '../../../../../simulators/syncro/quirks';
import type { SyncroSeed } from '../../../../../simulators/syncro/seed';

export interface Reply {
	status: number;
	headers: { get(name: string): string | null };
	text: string;
	json: Record<string, never> & { [key: string]: unknown };
}

/** Starts a simulated account before the tests of a file and calls it as any HTTP client would; each test finds it as seeded. */
export function simulatedAccount(seed: SyncroSeed) {
	const authority = createAuthority();
	const dispatcher = new Agent({ connect: { ca: authority.cert } });
	const clock = { moment: Date.parse('2026-11-22T00:00:00Z'), now: () => clock.moment };
	let started: SyncroSimulator;

	beforeAll(async () => {
		started = await startSyncro({ authority, seed, clock });
	});
	beforeEach(() => {
		started.state.reset();
		started.faults.clear();
		Object.assign(started.quirks, DEFAULT_QUIRKS);
		clock.moment += 60_001;
	});
	afterAll(async () => {
		await started.stop();
		await dispatcher.close();
	});

	return {
		clock,
		simulator: () => started,
		set: (quirks: Partial<SyncroQuirks>) => Object.assign(started.quirks, quirks),
		call: async (method: string, path: string, body?: unknown, headers: Record<string, string> = { authorization: 'Bearer all' }): Promise<Reply> => {
			const response = await fetch(started.origin + path, {
				method,
				dispatcher,
				headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			const text = await response.text();
			return { status: response.status, headers: response.headers, text, json: (text.startsWith('{') ? JSON.parse(text) : {}) as Reply['json'] };
		},
	};
}
