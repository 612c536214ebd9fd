import { createAuthority } from '../simulators/base/certificates';
import { startMicrosoft } from '../simulators/graph';
import { generateTenant, sampleApps, World } from '../simulators/world';

/** What reached the simulators since it was last asked. */
export interface Seen {
	/** `GET /users`, answered with 200, with `$top=999`. */
	pages: number;
	/** `POST …/token`, answered with 200. */
	signIns: number;
	/** `GET …/openid-configuration`, answered with 200: MSAL asks for it before its first sign-in. */
	discoveries: number;
	/** Resource units that Graph charged for all of it. */
	units: number;
	/** Answers with 429. */
	throttled: number;
	/** `GET /users/delta`, answered with 200. */
	deltas: number;
	/** Anything else, for a message. */
	others: string[];
}

/** First message of the server's process: where it is, and its tenants in the order of the sizes asked for. */
export interface Ready {
	loginOrigin: string;
	graphOrigin: string;
	ca: string;
	tenants: Array<{ tenantId: string; users: number }>;
}

export type Command = { kind: 'latency'; milliseconds: number } | { kind: 'seen' } | { kind: 'change'; tenant: number; users: number };

/** A process of simulated Entra and Graph: sizes of its tenants as arguments, commands over IPC, one answer each. */
async function main(): Promise<void> {
	const sizes = process.argv.slice(2).map(Number);
	const seeds = sizes.map((users, index) => generateTenant({ seed: index + 1, users }));
	const authority = createAuthority();
	let latency = 0;
	const microsoft = await startMicrosoft({
		authority,
		world: new World({ tenants: seeds, apps: sampleApps() }),
		latencyMilliseconds: () => latency,
	});
	const seen = (): Seen => {
		const requests = [
			...microsoft.login.seen.map((request) => ({ ...request, server: 'login' })),
			...microsoft.graph.seen.map((request) => ({ ...request, server: 'graph' })),
		];
		microsoft.login.seen.length = 0;
		microsoft.graph.seen.length = 0;
		const result: Seen = { pages: 0, signIns: 0, discoveries: 0, units: 0, throttled: 0, deltas: 0, others: [] };
		for (const { server, method, url, status, answered } of requests) {
			result.units += Number(answered?.['x-ms-resource-unit'] ?? 0);
			if (status === 429) result.throttled++;
			if (server === 'graph' && method === 'GET' && status === 200 && url.pathname === '/v1.0/users' && url.searchParams.get('$top') === '999') result.pages++;
			else if (server === 'graph' && method === 'GET' && status === 200 && url.pathname === '/v1.0/users/delta') result.deltas++;
			else if (server === 'login' && method === 'POST' && status === 200 && url.pathname.endsWith('/token')) result.signIns++;
			else if (server === 'login' && method === 'GET' && status === 200 && url.pathname.endsWith('/openid-configuration')) result.discoveries++;
			else result.others.push(`${status} ${method} ${url.pathname}`);
		}
		return result;
	};
	let changed = 0;
	const change = ({ tenant, users }: Command & { kind: 'change' }): void => {
		const directory = microsoft.world.tenant(seeds[tenant].tenantId);
		// Spread over the whole list, others each time.
		const step = Math.floor(directory.users.length / users);
		changed++;
		for (let index = 0; index < users; index++) directory.updateUser(directory.users[index * step].id, { jobTitle: `Title ${changed}` });
	};
	process.on('message', (command: Command) => {
		if (command.kind === 'latency') latency = command.milliseconds;
		if (command.kind === 'change') change(command);
		process.send!(command.kind === 'seen' ? seen() : {});
	});
	process.on('disconnect', () => process.exit(0));
	const ready: Ready = {
		loginOrigin: microsoft.login.origin,
		graphOrigin: microsoft.graph.origin,
		ca: authority.cert,
		tenants: seeds.map(({ tenantId, users }) => ({ tenantId, users: users.length })),
	};
	process.send!(ready);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
