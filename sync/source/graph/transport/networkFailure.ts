/** Why a request never got a whole answer. */
export interface NetworkFailure {
	/** Machine-readable, for example `ENOTFOUND` or `timeout`. */
	code: string;
	/** For people: fills "… : <text>". */
	text: string;
	remedy: string;
	/** Trying again cannot help: the certificate stays what it is. */
	final: boolean;
}

const CONNECTIVITY = 'Check that this n8n may reach that address (DNS, firewall, proxy), then run again.';
const TRUST =
	'If the network inspects TLS traffic, or this is a server of your own, paste the CA certificate (PEM) into the credential or start n8n with NODE_EXTRA_CA_CERTS.';

/** By the code that Node, OpenSSL or undici gives. */
const KNOWN: Record<string, Omit<NetworkFailure, 'code'>> = {
	ENOTFOUND: { text: 'the host name is not known', remedy: CONNECTIVITY, final: false },
	EAI_AGAIN: { text: 'the host name could not be looked up', remedy: CONNECTIVITY, final: false },
	ECONNREFUSED: { text: 'the connection was refused', remedy: CONNECTIVITY, final: false },
	ECONNRESET: { text: 'the connection was cut', remedy: CONNECTIVITY, final: false },
	EPIPE: { text: 'the connection was cut', remedy: CONNECTIVITY, final: false },
	UND_ERR_SOCKET: { text: 'the connection was cut', remedy: CONNECTIVITY, final: false },
	ETIMEDOUT: { text: 'the connection timed out', remedy: CONNECTIVITY, final: false },
	UND_ERR_CONNECT_TIMEOUT: { text: 'the connection timed out', remedy: CONNECTIVITY, final: false },
	UND_ERR_HEADERS_TIMEOUT: { text: 'no answer came in time', remedy: CONNECTIVITY, final: false },
	UND_ERR_BODY_TIMEOUT: { text: 'the answer stopped half-way', remedy: CONNECTIVITY, final: false },
	EHOSTUNREACH: { text: 'the host cannot be reached', remedy: CONNECTIVITY, final: false },
	ENETUNREACH: { text: 'the network cannot be reached', remedy: CONNECTIVITY, final: false },
	timeout: { text: 'no complete answer came in time', remedy: CONNECTIVITY, final: false },
	SELF_SIGNED_CERT_IN_CHAIN: { text: 'its TLS certificate comes from an authority that is not trusted here', remedy: TRUST, final: true },
	DEPTH_ZERO_SELF_SIGNED_CERT: { text: 'its TLS certificate is self-signed', remedy: TRUST, final: true },
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: { text: 'its TLS certificate comes from an authority that is not trusted here', remedy: TRUST, final: true },
	UNABLE_TO_GET_ISSUER_CERT: { text: 'its TLS certificate comes from an authority that is not trusted here', remedy: TRUST, final: true },
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { text: 'its TLS certificate comes from an authority that is not trusted here', remedy: TRUST, final: true },
	CERT_HAS_EXPIRED: { text: 'its TLS certificate has expired', remedy: 'Check the clock of this machine; otherwise the server or an inspecting proxy has to renew its certificate.', final: true },
	CERT_NOT_YET_VALID: { text: 'its TLS certificate is not valid yet', remedy: 'Check the clock of this machine.', final: true },
	ERR_TLS_CERT_ALTNAME_INVALID: { text: 'its TLS certificate is for another host name', remedy: 'Check the address in the credential, and the proxy in between.', final: true },
	ERR_SSL_WRONG_VERSION_NUMBER: { text: 'it does not speak TLS', remedy: 'Check the address and port in the credential.', final: true },
};

/** An error of `fetch` or of reading its body, explained. It looks at the chain of causes, where the code is. */
export function explainNetworkFailure(error: unknown): NetworkFailure {
	let link = error as { name?: unknown; code?: unknown; cause?: unknown } | null | undefined;
	for (let depth = 0; typeof link === 'object' && link !== null && depth < 6; link = link.cause as typeof link, depth++) {
		if (link.name === 'TimeoutError') return { code: 'timeout', ...KNOWN.timeout };
		const { code } = link;
		if (typeof code === 'string' && code in KNOWN) return { code, ...KNOWN[code] };
	}
	return { code: 'network', text: 'the connection failed', remedy: CONNECTIVITY, final: false };
}
