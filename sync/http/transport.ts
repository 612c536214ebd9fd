import type { Dispatcher } from 'undici';

/** `fetch`, as the engine uses it: always https, proxies of the environment honoured, own CA where given. */
export type Transport = (url: string, init?: RequestInit) => Promise<Response>;

export interface TransportOptions {
	/** PEM certificates trusted besides the public ones: test servers, inspecting proxies. */
	caCertificates?: string;
}

const transports = new Map<string, Transport>();

/**
 * The transport for these options; equal options share one connection pool. Honours HTTPS_PROXY, HTTP_PROXY
 * and NO_PROXY. undici is loaded at the first request, so that loading a node costs nothing.
 */
export function transportFor(options: TransportOptions = {}): Transport {
	const key = options.caCertificates?.trim() ?? '';
	let transport = transports.get(key);
	if (!transport) {
		transport = createTransport(key);
		transports.set(key, transport);
	}
	return transport;
}

function createTransport(caCertificates: string): Transport {
	let ready: Promise<{ fetch: Transport; dispatcher: Dispatcher }> | undefined;
	const load = async () => {
		const [{ EnvHttpProxyAgent, fetch }, tls] = await Promise.all([import('undici'), import('node:tls')]);
		// A list of CAs replaces Node's own, NODE_EXTRA_CA_CERTS included, so these are named again.
		const ca = caCertificates ? [...tls.getCACertificates('default'), caCertificates] : undefined;
		const dispatcher = new EnvHttpProxyAgent({
			connect: ca ? { ca } : {},
			requestTls: ca ? { ca } : undefined,
			keepAliveTimeout: 10_000,
		});
		return { fetch: fetch as unknown as Transport, dispatcher };
	};
	return async (url, init) => {
		ready ??= load();
		const { fetch, dispatcher } = await ready;
		return await fetch(url, { ...init, dispatcher } as RequestInit);
	};
}
