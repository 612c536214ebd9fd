import type { Transport } from '../../../sync/http/transport';
import { httpsSink, type HttpsSinkSettings } from '../../../sync/secret/httpsSink';
import type { Secret } from '../../../sync/secret/sink';

const PASSWORD = 'never-to-be-shown-1';
const HEADER = 'Bearer also-never-shown';
const SECRET: Secret = {
	reference: '6f1d3c1e-0000-4000-8000-000000000001',
	tenantId: '5e3f1d9a-7c84-4b0e-9d26-1f7a3c5b8e01',
	userId: '2b8f6c10-4d3e-4a97-b5c2-000000000001',
	userPrincipalName: 'ada@contoso.com',
	password: PASSWORD,
	mustChange: true,
	expiresHint: '2026-11-25T08:00:00.000Z',
};

interface Sent {
	url: string;
	method: string;
	header: string | null;
	redirect: string | undefined;
	body: unknown;
}

function sinkAnswering(answer: () => Response | Error, change: Partial<HttpsSinkSettings> = {}) {
	const sent: Sent[] = [];
	const transport: Transport = async (url, init) => {
		sent.push({ url, method: init!.method!, header: new Headers(init!.headers).get('authorization'), redirect: init!.redirect, body: JSON.parse(init!.body as string) });
		const given = answer();
		if (given instanceof Error) throw given;
		return await Promise.resolve(given);
	};
	return { sent, sink: httpsSink({ address: ' https://vault.example.com/hooks ', headerName: 'Authorization', headerValue: HEADER, transport, ...change }) };
}
const answering = (status: number) => sinkAnswering(() => new Response(status === 204 || status >= 300 ? null : PASSWORD, { status }));

async function told(work: Promise<unknown>): Promise<{ message: string; remedy: string; class: string; code: string }> {
	try {
		await work;
	} catch (error) {
		const { message, remedy, class: errorClass, code } = error as { message: string; remedy: string; class: string; code: string };
		expect(message + remedy).not.toContain(PASSWORD);
		expect(message + remedy).not.toContain('also-never-shown');
		return { message, remedy, class: errorClass, code };
	}
	throw new Error('It was expected to fail, and did not.');
}

describe('the secret sink over https', () => {
	it('takes a secret, says under which reference, and takes it back', async () => {
		const { sent, sink } = answering(204);
		expect(sink.name).toBe('the secret sink vault.example.com');
		expect(await sink.deliver(SECRET)).toBe(SECRET.reference);
		await sink.withdraw(SECRET.reference);
		await sink.test();
		expect(sent).toEqual(
			[{ action: 'deliver', ...SECRET }, { action: 'withdraw', reference: SECRET.reference }, { action: 'test' }].map((body) => ({ url: 'https://vault.example.com/hooks', method: 'POST', header: HEADER, redirect: 'manual', body })),
		);
	});

	it('is none at an address without TLS, or without a header', async () => {
		for (const address of ['', 'http://vault.example.com', 'http://127.0.0.1:8080', 'vault.example.com']) {
			expect(await told(Promise.resolve().then(() => sinkAnswering(() => new Response(), { address })))).toMatchObject({ class: 'configuration', code: 'secretSink.address' });
		}
		for (const change of [{ headerName: ' ' }, { headerName: 'a b' }, { headerValue: '' }]) {
			expect(await told(Promise.resolve().then(() => sinkAnswering(() => new Response(), change)))).toMatchObject({ class: 'configuration', code: 'secretSink.header' });
		}
	});

	it.each([
		[401, 'configuration', 'it does not let this n8n in'],
		[403, 'configuration', 'it does not let this n8n in'],
		[404, 'configuration', 'nothing takes secrets at this address'],
		[302, 'configuration', 'a redirection; passwords are not sent on'],
		[400, 'refused', 'status 400'],
		[503, 'unavailable', 'status 503'],
	])('that answers a delivery with %i has not taken it', async (status, errorClass, words) => {
		expect(await told(answering(status).sink.deliver(SECRET))).toMatchObject({ class: errorClass, message: expect.stringContaining(words) as unknown });
		expect(await told(answering(status).sink.test())).toMatchObject({ class: errorClass });
	});

	it('need not have what is taken back', async () => {
		await answering(404).sink.withdraw(SECRET.reference);
		await answering(410).sink.withdraw(SECRET.reference);
		expect(await told(answering(500).sink.withdraw(SECRET.reference))).toMatchObject({ class: 'unavailable' });
	});

	it('that does not answer is named with the reason', async () => {
		const refused = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(PASSWORD), { code: 'ECONNREFUSED' }) });
		expect(await told(sinkAnswering(() => refused).sink.deliver(SECRET))).toEqual({
			message: 'The secret sink vault.example.com did not answer: the connection was refused.',
			remedy: expect.stringContaining('firewall') as unknown as string,
			class: 'unavailable',
			code: 'secretSink.ECONNREFUSED',
		});
	});

	it('is left when the execution is cancelled', async () => {
		const { sink } = sinkAnswering(() => Object.assign(new Error('aborted'), { name: 'AbortError' }), { signal: AbortSignal.abort(new Error('cancelled')) });
		await expect(sink.deliver(SECRET)).rejects.toThrow('cancelled');
	});
});
