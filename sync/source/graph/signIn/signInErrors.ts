import { SyncError } from '../../../model/syncError';
import { explainNetworkFailure } from '../transport/networkFailure';
import { consentLink, isGuid } from './entraApp';
import { configuration, unavailable, type Explain, type Explanation, type SignInCircumstances } from './explanation';
import { PARTNER_BY_NUMBER } from './partnerErrors';

/** What came of a request to the sign-in service, however msal words it. */
export type SignInOutcome =
	| { kind: 'answer'; url: string; status: number; body: unknown; retryAfterSeconds?: number; requestId?: string }
	| { kind: 'network'; url: string; error: unknown };

const unknownTenant: Explain = ({ tenant }) =>
	configuration(
		`Microsoft Entra knows no tenant "${tenant}".`,
		'Check the tenant ID (Entra admin center → Overview → Tenant ID) and that the credential names the right cloud.',
	);
const malformedTenant: Explain = ({ tenant }) =>
	configuration(`"${tenant}" is neither a tenant ID nor a domain.`, 'Give the tenant ID (a GUID) or one of the tenant’s verified domains, for example contoso.com.');
const appNotInTenant: Explain = ({ tenant, clientId, consent }) =>
	configuration(
		`The app ${clientId} is not in tenant ${tenant}.`,
		`If the app is registered elsewhere, an administrator of that tenant lets it in here: ${consent} (the app has to be multi-tenant). Otherwise check client ID and tenant ID.`,
	);
const wrongSecret: Explain = ({ app, clientId }) =>
	app.proof.kind === 'secret' && isGuid(app.proof.secret.trim())
		? configuration(
				`The client secret of app ${clientId} is wrong: it looks like the secret's ID, not its value.`,
				'In Certificates & secrets, copy the column "Value". It is shown only right after the secret is created, so create a new one.',
			)
		: configuration(
				`The client secret of app ${clientId} is wrong.`,
				'Create a new client secret in the app registration (Certificates & secrets) and paste its value, not its ID, into the credential.',
			);
const expiredSecret: Explain = ({ clientId }) =>
	configuration(
		`The client secret of app ${clientId} has expired.`,
		'Create a new client secret in the app registration (Certificates & secrets) and paste its value into the credential.',
	);
const certificateUnknown: Explain = ({ clientId, certificate }) =>
	configuration(
		`The certificate with thumbprint ${certificate?.thumbprintSha1} (SHA-256 ${certificate?.thumbprintSha256}) is not registered for app ${clientId}.`,
		'Upload this certificate (the public part) in the app registration under Certificates & secrets → Certificates, or paste the one that is registered there into the credential.',
	);
const certificateTimes: Explain = () =>
	configuration('Microsoft Entra refused the proof of the certificate as not valid at this time.', 'Check the clock and time zone of the machine that runs n8n, and the certificate’s validity.');
const certificateMalformed: Explain = ({ clientId }) =>
	configuration(`Microsoft Entra could not read the proof that app ${clientId} sent.`, 'Paste certificate and private key into the credential again.');
const proofMissing: Explain = ({ clientId }) =>
	configuration(`Microsoft Entra expects a client secret or a certificate of app ${clientId}.`, 'Enter the client secret, or the certificate and its private key, in the credential.');
const disabledApp: Explain = ({ tenant, clientId }) =>
	configuration(
		`The app ${clientId} is disabled in tenant ${tenant}.`,
		'An administrator of the tenant enables it: Entra admin center → Enterprise applications → the app → Properties → Enabled for users to sign in.',
	);
const conditionalAccess: Explain = ({ tenant, clientId }) =>
	configuration(
		`A Conditional Access policy of tenant ${tenant} blocks the app ${clientId}.`,
		'An administrator of the tenant adjusts the policy for workload identities: exclude the app, or allow the address from which n8n signs in.',
	);
const noConsent: Explain = ({ tenant, clientId, consent }) =>
	configuration(`Nobody has consented to the app ${clientId} in tenant ${tenant}.`, `An administrator of the tenant consents here: ${consent}`);
const wrongScope: Explain = () =>
	configuration('Microsoft Entra does not know the service that the token is for.', 'Choose the cloud of the tenant in the credential.');

/** Sign-in errors by their AADSTS number (contract: A3). */
const BY_NUMBER: Record<number, Explain> = {
	90002: unknownTenant,
	900021: unknownTenant,
	90013: malformedTenant,
	900023: malformedTenant,
	700016: appNotInTenant,
	1000502: appNotInTenant,
	7000215: wrongSecret,
	7000222: expiredSecret,
	700027: certificateUnknown,
	700024: certificateTimes,
	50027: certificateMalformed,
	5002730: certificateMalformed,
	7000216: proofMissing,
	7000218: proofMissing,
	7000112: disabledApp,
	7000113: disabledApp,
	53003: conditionalAccess,
	530036: conditionalAccess,
	65001: noConsent,
	500011: wrongScope,
	70011: wrongScope,
	1002012: wrongScope,
	90033: () => unavailable('Microsoft Entra is temporarily not available.'),
	90055: () => unavailable('Microsoft Entra received too many sign-in requests.'),
	50196: () => unavailable('Microsoft Entra received too many equal sign-in requests.'),
};

/** A failed sign-in as an error for people; `transient` tells whether trying again may help. */
export function explainSignIn(
	outcome: SignInOutcome | undefined,
	msalError: unknown,
	circumstances: SignInCircumstances,
): { error: SyncError; transient: boolean } {
	const { tenant, loginOrigin } = circumstances;
	const clientId = circumstances.app.clientId.trim();
	const host = new URL(loginOrigin).host;
	if (outcome?.kind === 'network') {
		const failure = explainNetworkFailure(outcome.error);
		return told(
			{ class: failure.final ? 'configuration' : 'unavailable', message: `Signing in at ${host} failed: ${failure.text}.`, remedy: failure.remedy, transient: !failure.final },
			`signIn.${failure.code}`,
		);
	}
	const body = (outcome?.body ?? {}) as { error?: unknown; error_codes?: unknown; error_description?: unknown };
	const number = aadsts(body);
	const explain = number === undefined ? undefined : ((circumstances.account ? PARTNER_BY_NUMBER[number] : undefined) ?? BY_NUMBER[number]);
	const code = number === undefined ? undefined : `AADSTS${number}`;
	if (explain) {
		return told(explain({ ...circumstances, clientId, consent: consentLink(loginOrigin, tenant, clientId) }), code!);
	}
	const status = outcome?.status;
	if (status !== undefined && (status === 429 || status >= 500)) {
		return told(unavailable(`Signing in at ${host} failed with status ${status}.`), code ?? `signIn.${status}`);
	}
	if (status !== undefined && status >= 200 && status < 300 && number === undefined) {
		return told(
			{ ...unavailable(`${host} answered the sign-in with something that is not a token.`), remedy: 'Check the login address in the credential, and whether a proxy answers in its place.' },
			'signIn.notAToken',
		);
	}
	if (number !== undefined || typeof body.error === 'string') {
		const name = code ?? String(body.error).slice(0, 60);
		return told(
			configuration(`Signing in to tenant ${tenant} was refused (${name}).`, `Look up ${name} at https://login.microsoftonline.com/error and correct the app or the tenant’s settings.`),
			name,
		);
	}
	if (status === undefined) {
		// Nothing was sent, so the words are msal's or Node's own and echo nothing.
		const words = msalError instanceof Error ? `: ${msalError.message.split('\n')[0].slice(0, 200)}` : '.';
		return told(configuration(`Signing in at ${host} failed before anything was sent${words}`, 'Check the credential. If it looks right, report this message.'), 'signIn.failed');
	}
	return told(
		configuration(`Signing in at ${host} failed with status ${status}.`, 'Check the login address in the credential, and whether a proxy answers in its place.'),
		`signIn.${status}`,
	);

	function told(explanation: Explanation, errorCode: string): { error: SyncError; transient: boolean } {
		const answer = outcome?.kind === 'answer' ? outcome : undefined;
		const error = new SyncError(explanation.message, {
			class: explanation.class,
			code: errorCode,
			remedy: explanation.remedy,
			tenantId: tenant,
			httpStatus: answer?.status,
			requestId: answer?.requestId,
			retryAfterSeconds: answer?.retryAfterSeconds,
			// The assertion and the secret are in the request that these errors may refer to, so only the kind is kept.
			cause: msalError instanceof Error ? new Error(msalError.name) : undefined,
		});
		return { error, transient: explanation.transient === true };
	}
}

/** The number is in `error_codes`; a proxy or an older endpoint may leave only the text. */
function aadsts(body: { error_codes?: unknown; error_description?: unknown }): number | undefined {
	if (Array.isArray(body.error_codes)) {
		const known = body.error_codes.find((code) => typeof code === 'number' && (code in BY_NUMBER || code in PARTNER_BY_NUMBER)) as number | undefined;
		if (known !== undefined) return known;
		if (typeof body.error_codes[0] === 'number') return body.error_codes[0];
	}
	const match = typeof body.error_description === 'string' ? /AADSTS(\d{4,8})/.exec(body.error_description) : null;
	return match ? Number(match[1]) : undefined;
}
