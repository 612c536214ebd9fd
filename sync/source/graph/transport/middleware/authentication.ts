import type { Context } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../../../../http/clock';
import { Stage, setHeader, type Answer, type Exchange } from '../exchange';
import type { AccessToken, TokenSource } from '../../signIn/tokenSource';
import { rolesOf, scopesOf } from '../../signIn/token';

/** A token this young already knows of every consent that was given before the read. */
const FRESH_MILLISECONDS = 60_000;

/**
 * Sends the token. A token that the service no longer takes is renewed once per request; so is one that lacks
 * a permission, because it may be older than the administrator's consent.
 */
export class Authentication extends Stage {
	constructor(
		private readonly tokens: TokenSource,
		private readonly clock: Clock,
	) {
		super();
	}

	protected async handle(context: Context, exchange: Exchange): Promise<void> {
		const token = await this.tokens.token({ signal: exchange.signal });
		await this.sendWith(token, context);
		if (!exchange.answer) return;
		if (refusedToken(exchange.answer) || (exchange.answer.status === 403 && this.clock.now() - token.obtainedAt > FRESH_MILLISECONDS)) {
			const renewed = await this.tokens.token({ renew: true, signal: exchange.signal });
			if (exchange.answer.status === 401 || changedRights(token, renewed)) await this.sendWith(renewed, context);
		}
	}

	private async sendWith(token: AccessToken, context: Context): Promise<void> {
		setHeader(context, 'Authorization', `Bearer ${token.value}`);
		await this.next.execute(context);
	}
}

function refusedToken(answer: Answer): boolean {
	if (answer.status !== 401) return false;
	const code = (answer.body as { error?: { code?: unknown } } | undefined)?.error?.code;
	return code !== 'Authorization_IdentityNotFound';
}

function changedRights(before: AccessToken, after: AccessToken): boolean {
	return JSON.stringify(rightsIn(before)) !== JSON.stringify(rightsIn(after));
}

function rightsIn({ value }: AccessToken): unknown {
	return [rolesOf(value), scopesOf(value)];
}
