import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServerCertificate, type KeyAndCertificate } from '../../../../simulators/base/certificates';
import type { Json } from './setup';

/** What an endpoint answers; nothing at all when it is `silent`. */
export interface EndpointAnswer {
	status?: number;
	contentType?: string;
	body?: string;
	afterMilliseconds?: number;
	silent?: boolean;
}

export interface ReceivedRequest {
	path: string;
	contentType: string;
	body: string;
}

/** An endpoint for notifications: agrees to each handshake and takes everything, unless a test says otherwise. */
export interface Receiver {
	/** `<origin>/hook` */
	address: string;
	/** Newest last. */
	handshakes: ReceivedRequest[];
	requests: ReceivedRequest[];
	/** Everything that was taken, in the order of arrival. */
	notifications(): Json[];
	onHandshake(token: string): EndpointAnswer | Promise<EndpointAnswer>;
	onNotifications(notifications: Json[]): EndpointAnswer | Promise<EndpointAnswer>;
	close(): Promise<void>;
}

/** @param tls the authority that signs it; without one it listens on http */
export async function startReceiver(tls?: KeyAndCertificate): Promise<Receiver> {
	const taken: Json[] = [];
	const receiver: Receiver = {
		address: '',
		handshakes: [],
		requests: [],
		notifications: () => taken,
		onHandshake: (token) => ({ body: token, contentType: 'text/plain; charset=utf-8' }),
		onNotifications: () => ({ status: 202 }),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const answer = async (incoming: IncomingMessage): Promise<EndpointAnswer> => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		const url = new URL(incoming.url ?? '/', 'http://receiver');
		const request = { path: url.pathname, contentType: incoming.headers['content-type'] ?? '', body: Buffer.concat(chunks).toString() };
		const token = url.searchParams.get('validationToken');
		if (token !== null) {
			receiver.handshakes.push(request);
			return await receiver.onHandshake(token);
		}
		receiver.requests.push(request);
		const { value } = JSON.parse(request.body) as { value: Json[] };
		const given = await receiver.onNotifications(value);
		if (!given.silent && (given.status ?? 200) < 300) taken.push(...value);
		return given;
	};
	const listener: Parameters<typeof createHttp>[1] = (incoming, outgoing) => {
		void answer(incoming).then(async ({ status = 200, contentType = 'text/plain', body = '', afterMilliseconds = 0, silent }) => {
			if (silent) return;
			if (afterMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, afterMilliseconds));
			outgoing.writeHead(status, { 'content-type': contentType }).end(body);
		});
	};
	const server = tls ? createHttps(createServerCertificate(tls), listener) : createHttp(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	receiver.address = `${tls ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}/hook`;
	return receiver;
}
