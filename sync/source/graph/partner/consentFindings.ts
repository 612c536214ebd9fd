import type { CustomerCheck, Finding } from '../../../model/customerCheck';
import { SyncError } from '../../../model/syncError';
import { FEATURES } from '../features';
import { organization } from '../read/organization';
import type { EntraApp } from '../signIn/entraApp';
import { partnerSignIn, type PartnerAccount } from '../signIn/partnerSignIn';
import { scopesOf } from '../signIn/token';
import { graphClient, type GraphClientOptions } from '../transport/client';
import { permissionAmong } from '../transport/reading';
import { gap, info, ok, unknown } from './findings';

/** Who checks: the partner's app with its service account, and how. */
export interface Partner extends Omit<GraphClientOptions, 'tenantId'> {
	app: EntraApp;
	account: PartnerAccount;
}

/** Refusals of a sign-in that are about the app in the customer's tenant. */
const ABOUT_CONSENT = new Set(['AADSTS65001', 'AADSTS700016', 'AADSTS7000112', 'AADSTS7000113']);
/** Those about the account or the tenant. Every other one is the partner's own fault, and the same for all customers. */
const ABOUT_ACCOUNT = new Set(['AADSTS50020', 'AADSTS50177', 'AADSTS500208', 'AADSTS53003', 'AADSTS530036', 'AADSTS50076', 'AADSTS50079', 'AADSTS90002']);

/** Source: https://learn.microsoft.com/partner-center/developer/enable-secure-app-model. In other clouds there is another one. */
const PARTNER_CENTER = { scope: 'https://api.partnercenter.microsoft.com/.default', permission: 'user_impersonation' };

/**
 * Signs the service account in to a customer's tenant, and reads its organisation there.
 *
 * @throws SyncError when the partner's own sign-in or app is at fault
 */
export async function delegatedPart(partner: Partner, tenantId: string): Promise<Pick<CustomerCheck, 'delegatedPermissions'> & { findings: Finding[] }> {
	const client = graphClient({ ...partner, tenantId });
	let scopes: string[] | undefined;
	try {
		scopes = await client.scopes(true);
	} catch (error) {
		return { findings: [refusedSignIn(error)] };
	}
	const signedIn = [ok('signIn', 'The service account signs in to the tenant.'), scopesFinding(scopes, partner.app.clientId)];
	try {
		await organization(client);
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
		const access = error.class === 'notPermitted' ? gap('access', error.message, error.remedy) : unknown('access', error.message, error.remedy);
		return { delegatedPermissions: scopes, findings: [...signedIn, access] };
	}
	return { delegatedPermissions: scopes, findings: [...signedIn, ok('access', 'Microsoft Graph lets the service account read the tenant.')] };
}

/** Application permissions: what the same app may do there without the service account. Nothing of it is needed for a partner's sign-in. */
export async function applicationPart(partner: Partner, tenantId: string): Promise<Pick<CustomerCheck, 'applicationPermissions'> & { findings: Finding[] }> {
	try {
		const roles = await graphClient({ ...partner, account: undefined, tenantId }).roles(true);
		if (!roles) return { findings: [info('applicationConsent', 'Which application permissions were consented to cannot be told.')] };
		const told = roles.length > 0 ? `The tenant has consented to application permissions (${roles.join(', ')}).` : NO_APPLICATION_CONSENT;
		return { applicationPermissions: roles, findings: [info('applicationConsent', told)] };
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
		if (ABOUT_CONSENT.has(error.code)) return { applicationPermissions: [], findings: [info('applicationConsent', NO_APPLICATION_CONSENT)] };
		return { findings: [info('applicationConsent', `Which application permissions were consented to cannot be told: ${error.message}`)] };
	}
}

const NO_APPLICATION_CONSENT = 'The tenant has consented to no application permissions. They are only needed where a node signs in as the Entra App.';

/** Whether the partner may consent for its customers by Partner Center, instead of asking the administrator of each. One for all customers. */
export async function partnerCenterFinding(partner: Partner): Promise<Finding | undefined> {
	if (partner.app.cloud !== 'global') return undefined;
	const without = (why: string) =>
		info('partnerCenter', `The partner cannot consent for its customers by Partner Center: ${why}`, `To consent for customers from your side, add the delegated permission ${PARTNER_CENTER.permission} of "Microsoft Partner Center" to the app registration, consent to it in your own tenant, and connect the service account again.`);
	try {
		const { value } = await partnerSignIn(partner.app, partner.account, partner.app.tenantId, { ...partner, scope: PARTNER_CENTER.scope }).token({ signal: partner.signal });
		const scopes = scopesOf(value);
		if (scopes?.includes(PARTNER_CENTER.permission)) return ok('partnerCenter', 'The partner may consent for its customers by Partner Center (application consents).');
		return without(scopes ? 'the app lacks the permission.' : 'the permission cannot be told from the token.');
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
		return without(error.message);
	}
}

function refusedSignIn(error: unknown): Finding {
	if (!(error instanceof SyncError)) throw error;
	if (ABOUT_CONSENT.has(error.code)) return gap('delegatedConsent', error.message, error.remedy);
	if (ABOUT_ACCOUNT.has(error.code)) return gap('signIn', error.message, error.remedy);
	if (error.class === 'unavailable') return unknown('signIn', error.message, error.remedy);
	throw error;
}

function scopesFinding(scopes: readonly string[] | undefined, clientId: string): Finding {
	if (!scopes) return unknown('delegatedConsent', 'Which delegated permissions were consented to cannot be told from the token.', 'Try the operations that you need: each names the permission that it lacks.');
	const missing = FEATURES.filter(({ reading }) => permissionAmong(reading, scopes) === undefined);
	if (missing.length === 0) return ok('delegatedConsent', 'The tenant has consented to every delegated permission that is needed.');
	const message = `The tenant has not consented to ${missing.map(({ name, reading }) => `${reading.delegated ?? reading.permission} (${name})`).join(', ')}.`;
	const whatToDo = `Add what you need of it to the delegated permissions of the app registration ${clientId}, then have the tenant consent again by its consent link.`;
	return missing.some(({ required }) => required) ? gap('delegatedConsent', message, whatToDo) : info('delegatedConsent', message, whatToDo);
}
