import type { SimulatedRequest } from '../base/server';
import type { App } from '../world/world';
import { checkClientAssertion } from './clientAssertion';
import type { LoginOptions } from './loginOptions';
import { credentialMissing, parameterMissing, secretExpired, secretWrong } from './tokenError';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A request to the token endpoint: its form, and the app's credentials from the form or the header. */
export class TokenRequest {
	private readonly form: URLSearchParams;
	private readonly basic: { id: string; secret: string } | undefined;

	constructor(request: SimulatedRequest) {
		// Entra reads nothing but forms; any other body looks empty to it.
		const isForm = (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
		this.form = new URLSearchParams(isForm ? request.body : '');
		this.basic = basicCredentials(request.headers.authorization);
	}

	field(name: string): string | undefined {
		return this.form.get(name) ?? undefined;
	}

	/** Throws Entra's 900144 when it is missing or blank. */
	required(name: string): string {
		const value = this.field(name);
		if (!value) throw parameterMissing(name);
		return value;
	}

	get clientId(): string {
		return (this.field('client_id') ?? this.basic?.id ?? this.required('client_id')).toLowerCase();
	}

	get clientSecret(): string | undefined {
		return this.field('client_secret') ?? this.basic?.secret;
	}

	/**
	 * Checks the app's secret or certificate.
	 *
	 * @param tenantNames id and further names of the tenant, as the address may spell it
	 * @returns `appidacr`: how the app proved who it is
	 */
	authenticate(app: App, tenantNames: readonly string[], options: LoginOptions): '1' | '2' {
		const now = options.clock.now();
		const assertion = this.field('client_assertion');
		if (assertion !== undefined && this.field('client_assertion_type') === ASSERTION_TYPE) {
			const base = tenantNames.map((name) => `${options.origin()}/${name}`);
			const audiences = base.flatMap((address) => [`${address}/oauth2/v2.0/token`, `${address}/v2.0`]);
			checkClientAssertion({ assertion, appId: app.appId, certificates: app.certificates, audiences, now });
			return '2';
		}
		const secret = this.clientSecret;
		if (!secret) throw credentialMissing();
		const known = app.secrets.find((each) => each.value === secret);
		if (!known) throw secretWrong(app.appId);
		if (Date.parse(known.endDateTime) <= now) throw secretExpired(app.appId);
		return '1';
	}
}

/** `Authorization: Basic`, each part percent-encoded as OAuth 2.0 has it, or as it is. */
function basicCredentials(header: string | undefined): { id: string; secret: string } | undefined {
	const match = /^Basic\s+(\S+)$/i.exec(header ?? '');
	if (!match) return undefined;
	const text = Buffer.from(match[1], 'base64').toString('utf8');
	const colon = text.indexOf(':');
	return colon < 0 ? undefined : { id: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
