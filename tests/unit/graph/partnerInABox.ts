import { createAuthority, type KeyAndCertificate } from '../../../simulators/base/certificates';
import { startMicrosoft, type MicrosoftSimulator } from '../../../simulators/graph';
import { PARTNER_APP_ID, PARTNER_REDIRECT_URI, PARTNER_TENANT_ID, partnerWorld, VALID_SECRET } from '../../../simulators/world';
import { transportFor, type Transport } from '../../../sync/http/transport';
import type { PartnerAccount } from '../../../sync/source/graph/signIn/partnerSignIn';

interface TokenData {
	access_token: string;
	refresh_token: string;
}

/**
 * The simulated Microsoft with a partner's world, and the one thing that n8n does there: it lets the service account sign
 * in, keeps the sign-in in a credential, and renews it at the partner's own tenant.
 */
export class PartnerInABox {
	/** As n8n hands it to a node; undefined tokens: nobody has signed in. */
	oauthTokenData: TokenData | undefined;
	renewals = 0;
	private readonly transport: Transport;

	private constructor(
		readonly microsoft: MicrosoftSimulator,
		readonly authority: KeyAndCertificate,
	) {
		this.transport = transportFor({ caCertificates: authority.cert });
	}

	static async start(): Promise<PartnerInABox> {
		const authority = createAuthority();
		return new PartnerInABox(await startMicrosoft({ authority, world: partnerWorld() }), authority);
	}

	/** The service account signs in in a browser, with consent. */
	async connect(): Promise<void> {
		const query = { response_type: 'code', client_id: PARTNER_APP_ID, redirect_uri: PARTNER_REDIRECT_URI, scope: this.credential().scope, state: 's' };
		const page = await this.transport(`${this.base}/authorize?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
		const code = new URL(page.headers.get('location')!).searchParams.get('code')!;
		this.oauthTokenData = await this.token({ grant_type: 'authorization_code', code, redirect_uri: PARTNER_REDIRECT_URI });
	}

	/** n8n's `helpers.refreshOAuth2Token`. */
	async renew(): Promise<void> {
		this.renewals++;
		this.oauthTokenData = await this.token({ grant_type: 'refresh_token', refresh_token: this.oauthTokenData!.refresh_token });
	}

	/** As the engine sees it. */
	get account(): PartnerAccount {
		return {
			key: this.microsoft.login.origin,
			stored: async () => await Promise.resolve({ refreshToken: this.oauthTokenData!.refresh_token }),
			renew: async () => await this.renew(),
		};
	}

	credential() {
		return {
			tenantId: PARTNER_TENANT_ID,
			clientId: PARTNER_APP_ID,
			clientSecret: VALID_SECRET,
			cloud: 'global',
			authentication: 'body',
			scope: 'https://graph.microsoft.com/.default offline_access openid',
			advanced: true,
			loginAddress: this.microsoft.login.origin,
			graphAddress: this.microsoft.graph.origin,
			caCertificate: this.authority.cert,
			...(this.oauthTokenData ? { oauthTokenData: { ...this.oauthTokenData } } : {}),
		};
	}

	reset(): void {
		this.microsoft.sessions.refreshTokens = 'reusable';
		this.microsoft.graphFaults.clear();
		this.microsoft.loginFaults.clear();
		this.microsoft.graph.seen.length = 0;
		this.microsoft.login.seen.length = 0;
		this.renewals = 0;
	}

	private get base(): string {
		return `${this.microsoft.login.origin}/${PARTNER_TENANT_ID}/oauth2/v2.0`;
	}

	private async token(grant: Record<string, string>): Promise<TokenData> {
		const { clientId, clientSecret, scope } = this.credential();
		const response = await this.transport(`${this.base}/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, scope, ...grant }).toString(),
		});
		if (!response.ok) throw new Error('The credential needs to be reconnected.');
		return (await response.json()) as TokenData;
	}
}
