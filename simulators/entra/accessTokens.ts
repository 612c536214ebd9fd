import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatorClock } from './clock';
import { guidOf } from '../world/random';

/** What Graph learns from a token. Names are the claims' own. */
export interface AccessTokenClaims {
	aud: string;
	iss: string;
	iat: number;
	nbf: number;
	exp: number;
	appid: string;
	app_displayname: string;
	/** `1`: signed in with a secret, `2`: with a certificate. */
	appidacr: '1' | '2';
	idtyp: 'app';
	/** Object id of the service principal. */
	oid: string;
	sub: string;
	tid: string;
	/** Missing when nothing was consented to. */
	roles?: string[];
	uti: string;
	ver: '1.0';
}

export type TokenRefusal = 'malformed' | 'unknown' | 'audience' | 'expired';

/** Issues access tokens for the login server and checks them for Graph. Clients have to treat them as opaque. */
export class AccessTokens {
	/** How long new tokens live. */
	lifetimeSeconds = 3599;
	private issued = 0;
	private revokedUpTo = 0;
	private readonly key = 'the simulators sign their tokens with this';

	constructor(private readonly clock: SimulatorClock) {}

	/** From now on Graph refuses every token that was issued so far. */
	revokeAll(): void {
		this.revokedUpTo = this.issued;
	}

	issue(claims: Omit<AccessTokenClaims, 'iat' | 'nbf' | 'exp' | 'uti' | 'idtyp' | 'ver'>): string {
		this.issued++;
		const now = Math.floor(this.clock.now() / 1000);
		const header = encode({ typ: 'JWT', alg: 'HS256', kid: 'simulator', nonce: guidOf(`nonce ${this.issued}`) });
		const payload = encode({
			...claims,
			iat: now,
			nbf: now,
			exp: now + this.lifetimeSeconds,
			idtyp: 'app',
			uti: String(this.issued),
			ver: '1.0',
		} satisfies AccessTokenClaims);
		return `${header}.${payload}.${this.signature(`${header}.${payload}`)}`;
	}

	/** @returns the claims, or why Graph refuses the token */
	check(token: string, audiences: readonly string[]): AccessTokenClaims | TokenRefusal {
		const parts = token.split('.');
		if (parts.length !== 3) return 'malformed';
		const right = Buffer.from(this.signature(`${parts[0]}.${parts[1]}`));
		const given = Buffer.from(parts[2]);
		if (right.length !== given.length || !timingSafeEqual(right, given)) return 'unknown';
		const claims = JSON.parse(Buffer.from(parts[1], 'base64url').toString('utf8')) as AccessTokenClaims;
		if (!audiences.includes(claims.aud)) return 'audience';
		if (claims.exp * 1000 <= this.clock.now() || Number(claims.uti) <= this.revokedUpTo) return 'expired';
		return claims;
	}

	private signature(text: string): string {
		return createHmac('sha256', this.key).update(text).digest('base64url');
	}
}

function encode(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
