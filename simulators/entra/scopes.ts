import { defaultMixed, resourcesMixed } from './grantError';
import { resourceUnknown, scopeMalformed } from './tokenError';

/** Scopes that ask for tokens about the user, not for access to an API. */
const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'] as const;

const GRAPH = 'https://graph.microsoft.com';

/** What a delegated request asks for. */
export interface ScopeRequest {
	/** The API as it was named, and as it goes into `aud`. */
	resource: string;
	/** `.default`: everything that was consented to. */
	permissions: readonly string[] | '.default';
	openid: boolean;
	offline: boolean;
}

/**
 * Reads the scopes of a delegated request: those of one API, or its `/.default`, and those of OpenID Connect. A
 * permission without an address is one of Graph.
 *
 * @param resources addresses of the APIs that Entra knows
 */
export function parseScopes(text: string, tenantName: string, resources: ReadonlyMap<string, string>): ScopeRequest {
	const names = text.trim().split(/\s+/);
	const wanted = names.filter((name) => !isOpenIdScope(name)).map(split);
	const resource = wanted[0]?.resource ?? GRAPH;
	if (wanted.some((each) => each.resource !== resource)) throw resourcesMixed();
	if (!resources.has(resource)) throw resourceUnknown(resource, tenantName);
	const permissions = wanted.map((each) => each.permission);
	if (permissions.includes('')) throw scopeMalformed(text);
	const isDefault = permissions.includes('.default');
	if (isDefault && permissions.length > 1) throw defaultMixed(text);
	return {
		resource,
		// With nothing but OpenID scopes the token is one that reads the user's own profile.
		permissions: isDefault ? '.default' : permissions.length === 0 ? ['User.Read'] : permissions,
		openid: names.includes('openid'),
		offline: names.includes('offline_access'),
	};
}

/** The scopes that a token was granted, as the token endpoint spells them. */
export function scopeText(request: ScopeRequest, granted: readonly string[]): string {
	const full = granted.map((permission) => `${request.resource}/${permission}`);
	return [...(request.openid ? ['openid', 'profile'] : []), ...full, ...(request.permissions === '.default' ? [`${request.resource}/.default`] : [])].join(' ');
}

function isOpenIdScope(name: string): boolean {
	return (OPENID_SCOPES as readonly string[]).includes(name);
}

function split(scope: string): { resource: string; permission: string } {
	const at = scope.lastIndexOf('/');
	return at < 0 ? { resource: GRAPH, permission: scope } : { resource: scope.slice(0, at), permission: scope.slice(at + 1) };
}
