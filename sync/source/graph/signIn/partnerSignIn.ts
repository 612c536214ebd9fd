import { createHash } from 'node:crypto';
import { systemClock, type Clock } from '../../../http/clock';
import { SyncError } from '../../../model/syncError';
import { endpointsOf } from './clouds';
import { checkClientId, fingerprint, tenantInAddress, type EntraApp } from './entraApp';
import { requestToken, type SignInOptions } from './tokenRequest';
import { remembering, type AccessToken, type TokenSource } from './tokenSource';

/**
 * The service account of a partner (GDAP), which a person signed in to the partner's own tenant. What is kept of that
 * sign-in, and where, is the caller's: n8n's OAuth2 credential.
 */
export interface PartnerAccount {
	/** Tells credentials, and the accounts that were signed in with them, apart. It holds no secret. */
	key: string;
	/** User principal name, where it is known; for messages. */
	name?: string;
	/**
	 * The sign-in as it is kept now, read anew each time.
	 *
	 * @throws SyncError (configuration) when nobody has signed in yet
	 */
	stored(): Promise<StoredSignIn>;
	/** Has the sign-in renewed at the partner's own tenant, and kept. Rejects when that is refused. */
	renew(): Promise<void>;
}

export interface StoredSignIn {
	refreshToken: string;
	/** When it was last renewed, in milliseconds since 1970; undefined when that cannot be known. */
	obtainedAt?: number;
}

/** Entra's codes for a refresh token that is no good any more: unused for too long, revoked, expired (contract: A3). */
const SPENT = new Set(['AADSTS700082', 'AADSTS50173', 'AADSTS70008', 'AADSTS70000', 'AADSTS70043']);

/**
 * A sign-in that is only redeemed at customers' tenants is never renewed, and dies after 90 days. It is renewed when it
 * is older than this.
 */
const RENEW_AFTER_MILLISECONDS = 7 * 86_400_000;

/** A renewal of the same sign-in is not asked for again within this time: many tenants ask at once. */
const RENEW_AGAIN_AFTER_MILLISECONDS = 600_000;

/** What this process knows of an account besides what is kept of it. */
interface Memory {
	renewal?: { of: string; at: number; done: Promise<void> };
	/** The refresh token that the last redemption gave. */
	latest?: string;
	/** The redemption of `latest` that is under way. */
	queue: Promise<unknown>;
}

const memories = new Map<string, Memory>();

/**
 * Signs the partner's account in to a customer's tenant: redeems its refresh token there (secure application model).
 *
 * Entra leaves a redeemed refresh token valid, so the one that comes back is not stored anywhere: only n8n's own renewal
 * writes the credential, otherwise two executions would overwrite each other's. Where a sign-in service does revoke a
 * token when it is redeemed, this process goes on with the one that came back, until it ends.
 *
 * @param app the partner's own app; its tenant is the partner's
 * @param tenantId GUID or domain of the customer's tenant, or the partner's own
 * @param options.scope another service than Microsoft Graph: its address with `/.default`
 */
export function partnerSignIn(app: EntraApp, account: PartnerAccount, tenantId: string, options: SignInOptions & { scope?: string } = {}): TokenSource {
	const tenant = tenantInAddress(tenantId);
	const clientId = checkClientId(app.clientId);
	const endpoints = endpointsOf(app);
	const scope = options.scope ?? endpoints.scope;
	const clock = options.clock ?? systemClock;
	const memory = memoryOf(account);

	return remembering(['partner', endpoints.loginOrigin, scope, tenant, clientId, fingerprint(app), account.key], options, async (signal) => {
		const redeem = async (refreshToken: string): Promise<AccessToken> => {
			const granted = await requestToken(app, tenant, async (msal) => await msal.acquireTokenByRefreshToken({ scopes: [scope], refreshToken }), options, signal, account);
			memory.latest = granted.refreshToken ?? memory.latest;
			return granted.token;
		};
		let stored = await account.stored();
		if (stored.obtainedAt !== undefined && clock.now() - stored.obtainedAt > RENEW_AFTER_MILLISECONDS) {
			await renewOnce(account, memory, stored, clock);
			stored = await account.stored();
		}
		const first = await unlessSpent(redeem(stored.refreshToken));
		if ('token' in first) return first.token;
		await renewOnce(account, memory, stored, clock);
		const renewed = await account.stored();
		if (renewed.refreshToken !== stored.refreshToken) {
			const second = await unlessSpent(redeem(renewed.refreshToken));
			if ('token' in second) return second.token;
		}
		// One after the other: each gives the token for the next.
		const last = memory.queue.then(async () => {
			const latest = memory.latest;
			memory.latest = undefined;
			if (latest === undefined) throw first.spent;
			return await redeem(latest);
		});
		memory.queue = last.catch(() => undefined);
		return await last;
	});
}

/** Asks for the renewal of this very sign-in, once for all who wait. That it failed is not told: the redemption tells why. */
async function renewOnce(account: PartnerAccount, memory: Memory, { refreshToken }: StoredSignIn, clock: Clock): Promise<void> {
	const of = createHash('sha256').update(refreshToken).digest('base64url');
	const known = memory.renewal;
	if (known?.of !== of || clock.now() - known.at > RENEW_AGAIN_AFTER_MILLISECONDS) {
		memory.renewal = { of, at: clock.now(), done: account.renew().catch(() => undefined) };
	}
	await memory.renewal!.done;
}

async function unlessSpent(redemption: Promise<AccessToken>): Promise<{ token: AccessToken } | { spent: SyncError }> {
	try {
		return { token: await redemption };
	} catch (error) {
		if (error instanceof SyncError && SPENT.has(error.code)) return { spent: error };
		throw error;
	}
}

function memoryOf({ key }: PartnerAccount): Memory {
	let memory = memories.get(key);
	if (!memory) memories.set(key, (memory = { queue: Promise.resolve() }));
	return memory;
}
