import { createAuthority } from '../../../../simulators/base/certificates';
import { manualClock } from '../../../../simulators/graph';
import { PARTNER_APP_ID, PARTNER_REDIRECT_URI, PARTNER_TENANT_ID, partnerWorld, VALID_SECRET } from '../../../../simulators/world';
import { startHarness, type Answer, type Harness, type Json } from './setup';

export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
export const OFFLINE = `${GRAPH_SCOPE} offline_access`;
export const DAY = 24 * 60 * 60_000;

export type Clock = ReturnType<typeof manualClock>;

/** The simulators over the partner's world, with a clock of their own and the ways of a browser and of an app. */
export interface PartnerHarness extends Harness {
	clock: Clock;
	/** The browser's request for a code; nothing is followed. */
	authorize(query?: Record<string, string | undefined>, tenant?: string): Promise<Answer>;
	/** A code for the user at the browser. */
	code(query?: Record<string, string | undefined>, tenant?: string): Promise<string>;
	/** POST to the token endpoint as the partner's app, its secret in the form unless `client_secret` says otherwise. */
	post(form: Record<string, string | undefined>, tenant?: string, headers?: Record<string, string>): Promise<Answer>;
	/** Signs the user in, as a person does once: a refresh token. */
	signIn(): Promise<string>;
	/** Redeems a refresh token at a tenant. */
	redeem(refreshToken: string, tenant?: string, form?: Record<string, string | undefined>): Promise<Answer>;
	/** The access token of a redemption that must succeed. */
	tokenIn(tenant: string, refreshToken: string, scope?: string): Promise<string>;
}

// Making keys takes longer than most tests here.
const authority = createAuthority();

export async function startPartnerHarness(): Promise<PartnerHarness> {
	const clock = manualClock();
	const harness = await startHarness({ authority, clock, world: partnerWorld({ now: clock.now() }) });
	const { send, microsoft } = harness;
	const given = (fields: Record<string, string | undefined>) =>
		new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();

	const authorize: PartnerHarness['authorize'] = async (query = {}, tenant = PARTNER_TENANT_ID) => {
		const all = { client_id: PARTNER_APP_ID, response_type: 'code', redirect_uri: PARTNER_REDIRECT_URI, scope: OFFLINE, state: 'st4te', ...query };
		return await send(`${microsoft.login.origin}/${tenant}/oauth2/v2.0/authorize?${given(all)}`, { redirect: 'manual' });
	};
	const code: PartnerHarness['code'] = async (query, tenant) => {
		const { status, headers, body } = await authorize(query, tenant);
		const found = new URL(headers.get('location') ?? 'http://nowhere').searchParams.get('code');
		if (!found) throw new Error(`no code: ${status} ${headers.get('location')} ${body}`);
		return found;
	};
	const post: PartnerHarness['post'] = async (form, tenant = PARTNER_TENANT_ID, headers = {}) =>
		await send(`${microsoft.login.origin}/${tenant}/oauth2/v2.0/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
			body: given({ client_id: PARTNER_APP_ID, client_secret: VALID_SECRET, ...form }),
		});
	const redeem: PartnerHarness['redeem'] = async (refreshToken, tenant, form) =>
		await post({ grant_type: 'refresh_token', refresh_token: refreshToken, scope: GRAPH_SCOPE, ...form }, tenant);
	return {
		...harness,
		clock,
		authorize,
		code,
		post,
		redeem,
		signIn: async () => {
			const { body } = await post({ grant_type: 'authorization_code', code: await code(), redirect_uri: PARTNER_REDIRECT_URI });
			return body.refresh_token as string;
		},
		tokenIn: async (tenant, refreshToken, scope) => {
			const { status, body } = await redeem(refreshToken, tenant, scope === undefined ? {} : { scope });
			if (status !== 200) throw new Error(`${tenant}: ${body.error_description}`);
			return body.access_token as string;
		},
	};
}

export function claimsOf(token: string): Json {
	return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'));
}

/** Status, error, AADSTS number and suberror of a refusal. */
export function refusal({ status, body }: Answer): unknown[] {
	return [status, body.error, body.error_codes?.[0], body.suberror];
}
