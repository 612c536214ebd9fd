import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatorClock } from './clock';
import { guidOf } from '../world/random';

/** What every token says. Names are the claims' own. */
interface CommonClaims {
	aud: string;
	iss: string;
	iat: number;
	nbf: number;
	exp: number;
	appid: string;
	app_displayname: string;
	/** `1`: signed in with a secret, `2`: with a certificate. */
	appidacr: '1' | '2';
	/** Object id of the service principal, or of the user. */
	oid: string;
	sub: string;
	/** The tenant that the token is good in. */
	tid: string;
	uti: string;
	ver: '1.0';
}

export interface AppTokenClaims extends CommonClaims {
	idtyp: 'app';
	/** Missing when nothing was consented to. */
	roles?: string[];
}

export interface UserTokenClaims extends CommonClaims {
	idtyp: 'user';
	/** Delegated permissions, with blanks between them. */
	scp: string;
	/** User principal name in the user's home tenant. */
	upn: string;
	name: string;
	/** Template ids of the directory roles that the user holds in the tenant of the token. */
	wids: string[];
	/** Issuer of the user's home tenant; only when that is another tenant. */
	idp?: string;
}

/** What an API learns from a token. */
export type AccessTokenClaims = AppTokenClaims | UserTokenClaims;

type Issued = 'iat' | 'nbf' | 'exp' | 'uti' | 'ver';

export type TokenRefusal = 'malformed' | 'unknown' | 'audience' | 'expired';

/** Issues access tokens for the login server and checks them for the APIs. Clients have to treat them as opaque. */
export class AccessTokens {
	/** How long new tokens live. */
	lifetimeSeconds = 3599;
	private issued = 0;
	private revokedUpTo = 0;
	private readonly key = 'the simulators sign their tokens with this';

	constructor(private readonly clock: SimulatorClock) {}

	/** From now on the APIs refuse every token that was issued so far. */
	revokeAll(): void {
		this.revokedUpTo = this.issued;
	}

	issue(claims: Omit<AppTokenClaims, Issued> | Omit<UserTokenClaims, Issued>): string {
		this.issued++;
		return this.sign(
			{ typ: 'JWT', alg: 'HS256', kid: 'simulator', nonce: guidOf(`nonce ${this.issued}`) },
			{ ...claims, ...this.times(), uti: String(this.issued), ver: '1.0' },
		);
	}

	/** An OpenID Connect token about a user, for the app that signed them in. */
	issueIdToken(claims: Readonly<Record<string, string | undefined>>): string {
		return this.sign({ typ: 'JWT', alg: 'HS256', kid: 'simulator' }, { ver: '2.0', ...claims, ...this.times() });
	}

	/** @returns the claims, or why an API refuses the token */
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

	private times(): { iat: number; nbf: number; exp: number } {
		const now = Math.floor(this.clock.now() / 1000);
		return { iat: now, nbf: now, exp: now + this.lifetimeSeconds };
	}

	private sign(header: Record<string, unknown>, payload: Record<string, unknown>): string {
		const text = `${encode(header)}.${encode(payload)}`;
		return `${text}.${this.signature(text)}`;
	}

	private signature(text: string): string {
		return createHmac('sha256', this.key).update(text).digest('base64url');
	}
}

function encode(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
