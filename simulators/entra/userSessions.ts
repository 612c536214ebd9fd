import { createHash } from 'node:crypto';
import { guidOf } from '../world/random';
import type { SimulatorClock } from './clock';
import { codeOfOtherTenant, codeRedeemed, grantExpired, grantRevoked, grantWrong, refreshTokenIdle, replyAddressDiffers, requestMalformed, verifierWrong } from './grantError';

const DAY = 24 * 60 * 60_000;
/** "Typically, they expire after about 10 minutes." Source: Microsoft's page on the authorization code flow. */
const CODE_LIFETIME = 10 * 60_000;

/** A user who signed in to an app. */
export interface UserSession {
	appId: string;
	homeTenantId: string;
	/** Object id in the home tenant. */
	userId: string;
	/** What was asked for; what a refresh gets that names no scope. */
	scope: string;
	/** Signed in with a second factor. */
	mfa: boolean;
	/** When they signed in, milliseconds. What Entra revoked since then is worth nothing. */
	signedInAt: number;
}

export interface CodeRequest {
	session: UserSession;
	/** Of the address at which the code was asked for, in lower case. */
	tenant: string;
	redirectUri: string;
	nonce?: string;
	challenge?: { value: string; method: 'plain' | 'S256' };
}

interface IssuedCode extends CodeRequest {
	issuedAt: number;
	redeemed: boolean;
}

interface RefreshToken {
	session: UserSession;
	issuedAt: number;
	usedAt: number;
	end?: 'idle' | 'expired' | { revokedAt: number };
}

/**
 * Users at a browser, and the codes and refresh tokens that they hand to apps. A refresh token is bound to user and app,
 * and to no tenant: it is redeemed at any. Source: Microsoft's page "Refresh tokens in the Microsoft identity platform".
 */
export class UserSessions {
	/** Who sits at the browser; undefined: nobody. */
	user: { tenantId: string; userPrincipalName: string } | undefined;
	/** They have shown a second factor. */
	mfa = true;
	/**
	 * `reusable`: a redeemed token stays valid, as with Entra. `rotating`: it is revoked, as with servers that follow the
	 * advice of OAuth 2.1; a client that survives this survives either.
	 */
	refreshTokens: 'reusable' | 'rotating' = 'reusable';
	/** A refresh token that nobody redeemed for so long has ended. */
	idleDays = 90;
	/** How a tenant refuses a user whom it does not know. */
	strangers: 50020 | 50177 = 50020;
	private readonly codes = new Map<string, IssuedCode>();
	private readonly tokens = new Map<string, RefreshToken>();

	constructor(private readonly clock: SimulatorClock) {}

	/** An administrator revokes every session so far. */
	revokeAll(): void {
		this.endAll({ revokedAt: this.clock.now() });
	}

	/** Every refresh token so far reaches the end of its idle time. */
	expireIdle(): void {
		this.endAll('idle');
	}

	/** Every refresh token so far reaches its maximum age, as a policy sets it. */
	expireAll(): void {
		this.endAll('expired');
	}

	issueCode(request: CodeRequest): string {
		const code = opaque(`code ${this.codes.size}`);
		this.codes.set(code, { ...request, issuedAt: this.clock.now(), redeemed: false });
		return code;
	}

	/** The request behind a code, once. Throws Entra's refusal. */
	redeemCode(code: string, by: { appId: string; tenant: string; redirectUri: string; verifier?: string }): CodeRequest {
		const issued = this.codes.get(code);
		if (!issued) throw requestMalformed();
		if (issued.session.appId !== by.appId) throw grantWrong();
		if (issued.redeemed) throw codeRedeemed();
		if (issued.issuedAt + CODE_LIFETIME <= this.clock.now()) throw grantExpired();
		if (issued.tenant !== by.tenant.toLowerCase()) throw codeOfOtherTenant();
		if (issued.redirectUri !== by.redirectUri) throw replyAddressDiffers(by.redirectUri, issued.redirectUri);
		if (issued.challenge && !fits(issued.challenge, by.verifier)) throw verifierWrong();
		issued.redeemed = true;
		return issued;
	}

	issueRefreshToken(session: UserSession): string {
		const token = opaque(`refresh token ${this.tokens.size}`);
		this.tokens.set(token, { session, issuedAt: this.clock.now(), usedAt: this.clock.now() });
		return token;
	}

	/** The session behind a refresh token that may be redeemed now. Throws Entra's refusal. */
	sessionOf(token: string, appId: string): UserSession {
		const known = this.tokens.get(token);
		if (!known) throw requestMalformed();
		if (known.session.appId !== appId) throw grantWrong();
		const { end } = known;
		if (typeof end === 'object') throw grantRevoked(known.issuedAt, end.revokedAt);
		if (end === 'expired') throw grantExpired();
		if (end === 'idle' || known.usedAt + this.idleDays * DAY <= this.clock.now()) throw refreshTokenIdle(known.issuedAt, this.idleDays);
		return known.session;
	}

	/** A redemption succeeded: the token is used, and a new one takes its place beside it. */
	renew(token: string): string {
		const known = this.tokens.get(token);
		if (!known) throw requestMalformed();
		known.usedAt = this.clock.now();
		if (this.refreshTokens === 'rotating') known.end = { revokedAt: this.clock.now() };
		return this.issueRefreshToken(known.session);
	}

	private endAll(end: NonNullable<RefreshToken['end']>): void {
		for (const token of this.tokens.values()) token.end ??= end;
	}
}

function fits(challenge: NonNullable<CodeRequest['challenge']>, verifier: string | undefined): boolean {
	if (verifier === undefined) return false;
	return challenge.value === (challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier);
}

/** Looks like Entra's codes and refresh tokens, which only Entra can read. */
function opaque(text: string): string {
	return `1.A${createHash('sha512').update(`${guidOf(text)} of the simulator`).digest('base64url')}`;
}
