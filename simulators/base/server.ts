import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { KeyAndCertificate } from './certificates';
import { applyFault, type FaultBook } from './faults';

/** A request as the simulators see it: body read, address parsed. */
export interface SimulatedRequest {
	method: string;
	url: URL;
	headers: Record<string, string>;
	body: string;
}

/** `body` is sent as JSON unless it is a string. */
export interface SimulatedResponse {
	status: number;
	headers?: Record<string, string>;
	body?: unknown;
}

/** Every request that reached a simulator, for tests to look at. Secrets stay in: this is test code. */
export interface SeenRequest extends SimulatedRequest {
	status: number;
	/** Headers of the answer, names in lower case; missing where a fault answered instead. */
	answered?: Record<string, string>;
}

export interface SimulatorServer {
	/** `https://localhost:<port>`, without a slash at the end. */
	origin: string;
	/** Newest last; clear it with `seen.length = 0`. */
	seen: SeenRequest[];
	close(): Promise<void>;
}

export interface ServerOptions {
	tls: KeyAndCertificate;
	handle(request: SimulatedRequest): SimulatedResponse | Promise<SimulatedResponse>;
	faults: FaultBook;
	/** 0 for any free port. */
	port?: number;
	/** Waits this long before every answer. */
	latencyMilliseconds?: () => number;
}

/** Starts a TLS server on loopback that answers through `handle`, after the faults had their say. */
export async function startServer(options: ServerOptions): Promise<SimulatorServer> {
	const seen: SeenRequest[] = [];
	const sockets = new Set<Socket>();
	const server: Server = createServer({ key: options.tls.key, cert: options.tls.cert }, (request, response) => {
		void answer(request, response, options, seen, origin);
	});
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		seen,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

async function answer(
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	options: ServerOptions,
	seen: SeenRequest[],
	origin: string,
): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const request: SimulatedRequest = {
		method: incoming.method ?? 'GET',
		url: new URL(incoming.url ?? '/', origin),
		headers: Object.fromEntries(
			Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
		),
		body: Buffer.concat(chunks).toString('utf8'),
	};
	const latency = options.latencyMilliseconds?.() ?? 0;
	if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
	const fault = options.faults.take(request);
	let answered: Record<string, string> | undefined;
	const respond = async (): Promise<SimulatedResponse> => {
		const response = await options.handle(request);
		answered = response.headers;
		return response;
	};
	try {
		const status = await applyFault(fault, respond, outgoing);
		seen.push({ ...request, status, answered });
	} catch (error) {
		seen.push({ ...request, status: 599 });
		outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
		throw error;
	}
}
