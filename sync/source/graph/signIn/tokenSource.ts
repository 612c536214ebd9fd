import { systemClock, type Clock } from '../../../http/clock';
import type { Transport } from '../../../http/transport';

/** A token for one of Microsoft's services. It stays in this process and is never shown. */
export interface AccessToken {
	value: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	obtainedAt: number;
}

/** Gives tokens for one tenant. */
export interface TokenSource {
	/**
	 * @param options.renew do not answer from memory: the service refused the token, or consent was given since
	 * @throws SyncError naming what is wrong with app, account, proof, tenant or network
	 */
	token(options?: { renew?: boolean; signal?: AbortSignal }): Promise<AccessToken>;
}

/** A token is renewed when less than this is left of it. */
const RENEW_BEFORE_MILLISECONDS = 300_000;

interface Session {
	token?: AccessToken;
	pending?: { token: Promise<AccessToken>; signal: AbortSignal | undefined };
}

/** In the process only, one per key: tokens of tenants, of apps and of accounts never mix. */
const sessions = new Map<string, Session>();

/**
 * A source that remembers its token until shortly before it ends, and asks once for all who wait.
 *
 * @param key whose token it is, and for what; it holds no secret
 */
export function remembering(
	key: readonly string[],
	{ clock = systemClock, ...options }: { clock?: Clock; transport?: Transport },
	acquire: (signal: AbortSignal | undefined) => Promise<AccessToken>,
): TokenSource {
	// Tests bring their own clock and transport, and with them their own sessions.
	const shared = clock === systemClock && options.transport === undefined;
	const own: Session = {};

	return {
		async token({ renew = false, signal } = {}) {
			const session = shared ? sharedSession(JSON.stringify(key), clock.now()) : own;
			if (!renew && session.token && session.token.expiresAt - clock.now() > RENEW_BEFORE_MILLISECONDS) return session.token;
			for (;;) {
				// Requests that run side by side sign in once.
				const attempt = (session.pending ??= startedBy(signal, session));
				try {
					return await attempt.token;
				} catch (error) {
					// Another execution was cancelled while it signed in for both.
					if (signal?.aborted || !attempt.signal?.aborted) throw error;
				}
			}
		},
	};

	function startedBy(signal: AbortSignal | undefined, session: Session): NonNullable<Session['pending']> {
		const token = acquire(signal)
			.then((obtained) => (session.token = obtained))
			.finally(() => (session.pending = undefined));
		return { token, signal };
	}
}

function sharedSession(key: string, now: number): Session {
	let session = sessions.get(key);
	if (!session) {
		for (const [other, { token, pending }] of sessions) {
			if (!pending && (!token || token.expiresAt < now)) sessions.delete(other);
		}
		session = {};
		sessions.set(key, session);
	}
	return session;
}
