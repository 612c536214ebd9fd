/** What a token says about itself. Tokens are opaque by contract: every claim may be missing. */
interface Claims {
	roles?: unknown;
	scp?: unknown;
	tid?: unknown;
	oid?: unknown;
	upn?: unknown;
	/** Seconds since 1970. */
	iat?: unknown;
}

/** The application permissions in a token; undefined when it cannot be decoded. An app without consent has none. */
export function rolesOf(token: string): string[] | undefined {
	const claims = decode(token);
	if (!claims) return undefined;
	return Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string').sort() : [];
}

/** The delegated permissions in a token that stands for a user; undefined when it cannot be decoded, or stands for an app. */
export function scopesOf(token: string): string[] | undefined {
	const scopes = decode(token)?.scp;
	return typeof scopes === 'string' ? scopes.split(' ').filter(Boolean).sort() : undefined;
}

/** The user that a token stands for, as far as it tells. */
export function userOf(token: string): { id?: string; name?: string; issuedAt?: number } {
	const { oid, upn, iat } = decode(token) ?? {};
	return {
		id: typeof oid === 'string' ? oid.toLowerCase() : undefined,
		name: typeof upn === 'string' ? upn : undefined,
		issuedAt: typeof iat === 'number' ? iat * 1000 : undefined,
	};
}

/** The id of the tenant that issued the token, a GUID in lower case, when it can be decoded. */
export function tenantOf(token: string): string | undefined {
	const tid = decode(token)?.tid;
	return typeof tid === 'string' ? tid.toLowerCase() : undefined;
}

function decode(token: string): Claims | undefined {
	const parts = token.split('.');
	if (parts.length !== 3) return undefined;
	try {
		const claims: unknown = JSON.parse(Buffer.from(parts[1], 'base64url').toString('utf8'));
		return typeof claims === 'object' && claims !== null ? (claims as Claims) : undefined;
	} catch {
		return undefined;
	}
}
