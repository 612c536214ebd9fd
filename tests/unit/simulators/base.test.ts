import { createAuthority, createServerCertificate } from '../../../simulators/base/certificates';
import { FaultBook } from '../../../simulators/base/faults';
import { startServer, type SimulatorServer } from '../../../simulators/base/server';
import { transportFor } from '../../../sync/http/transport';

describe('the simulator base', () => {
	const authority = createAuthority();
	const faults = new FaultBook();
	let server: SimulatorServer;
	let carriedOut = 0;

	beforeAll(async () => {
		server = await startServer({
			tls: createServerCertificate(authority),
			faults,
			handle: () => {
				carriedOut++;
				return { status: 200, body: { hello: 'world' } };
			},
		});
	});
	afterAll(async () => await server.close());
	afterEach(() => faults.clear());

	const get = async () => await transportFor({ caCertificates: authority.cert })(`${server.origin}/x?y=1`);

	it('is reached with its own CA only', async () => {
		expect(await (await get()).json()).toEqual({ hello: 'world' });
		await expect(transportFor()(`${server.origin}/x`)).rejects.toThrow('fetch failed');
	});

	it('carries a request out although its reply is lost', async () => {
		faults.add({ fault: { kind: 'reset', after: true }, path: '/x' });
		const before = carriedOut;
		await expect(get()).rejects.toThrow();
		expect(carriedOut).toBe(before + 1);
		expect((await get()).status).toBe(200);
	});

	it('cuts an answer short', async () => {
		faults.add({ fault: { kind: 'truncate', share: 0.5 } });
		await expect((async () => await (await get()).json())()).rejects.toThrow();
	});
});
