import { retryAfterSeconds } from '../../../http/retryAfter';
import { SyncError, type SyncErrorClass } from '../../../model/syncError';
import { consentLink } from '../signIn/entraApp';
import type { Answer } from './exchange';
import type { BrokenAnswer } from './middleware/delivery';
import { permissionAmong, type Reading } from './reading';

/** What was being done, for the words of an error. */
export interface Circumstances {
	/** For example "Could not read users of tenant contoso.com". */
	sentence: string;
	/** What one record is called, for "not found". */
	record?: string;
	tenant: string;
	clientId: string;
	loginOrigin: string;
	reading: Reading;
	/** Permissions in the token that was refused; undefined when it cannot be decoded. */
	roles?: readonly string[];
	/** A partner's service account that the app acted for, with the delegated permissions in its token where it can be decoded; `atHome`: in the partner's own tenant. */
	account?: { name?: string; scopes?: readonly string[]; atHome: boolean };
	/** The filter that the builder wrote is part of the request. */
	ownFilter?: boolean;
	/** The changes since an earlier place were asked for. */
	deltaLink?: boolean;
	/** Token and secret: never part of a message, whatever the service echoes. */
	secrets: readonly string[];
}

/** The pagination has lost its place, and only starting over helps (contract: B0, paging). */
const LOST_PLACE = new Set(['Directory_ExpiredPageToken', 'DirectoryPageTokenNotFoundException']);

/** `code` of the error that says that the changes since a place cannot be told any more: read the whole list. */
export const START_OVER = 'graph.startOver';

/** How the service says so, documented and seen (contract: B3.10). */
const START_OVER_CODES = new Set(['syncStateNotFound', 'resyncRequired']);

/** What the service says when a feature is not part of the tenant's subscriptions (contract: E). */
const NOT_LICENSED_CODES = new Set(['Authentication_RequestFromNonPremiumTenantOrB2CTenant']);
const NOT_LICENSED_TEXTS = ['not applicable to target tenant', 'tenant is not licensed', 'account is not provisioned', "doesn't have premium license"];

/** The codes of an error body, outermost first: the telling one may be an inner one. */
export function codesOf(body: unknown): string[] {
	const codes: string[] = [];
	let error = (body as { error?: GraphError } | undefined)?.error;
	for (let depth = 0; error && typeof error === 'object' && depth < 5; depth++) {
		if (typeof error.code === 'string' && error.code !== '') codes.push(error.code);
		error = error.innerError ?? error.innererror;
	}
	return codes;
}

interface GraphError {
	code?: unknown;
	message?: unknown;
	innerError?: GraphError;
	/** As the documentation spells it. */
	innererror?: GraphError;
}

export function lostItsPlace(answer: Answer): boolean {
	return answer.status >= 400 && answer.status < 500 && codesOf(answer.body).some((code) => LOST_PLACE.has(code));
}

/** An answer other than 200 as an error for people. */
export function explainRefusal(answer: Answer, circumstances: Circumstances): SyncError {
	const codes = codesOf(answer.body);
	const { sentence, tenant, clientId, reading } = circumstances;
	const consent = consentLink(circumstances.loginOrigin, tenant, clientId);
	const told = (errorClass: SyncErrorClass, why: string, remedy: string, code = codes[0] ?? `graph.${answer.status}`): SyncError =>
		new SyncError(why.startsWith('!') ? why.slice(1) : `${sentence}: ${why}`, {
			class: errorClass,
			code,
			remedy,
			tenantId: tenant,
			httpStatus: answer.status,
			requestId: answer.requestId,
			retryAfterSeconds: retryAfterSeconds(answer.headers.get('retry-after'), Date.now()),
		});

	if (circumstances.deltaLink && hasForgotten(answer, codes)) {
		return told('refused', 'Microsoft Graph no longer tells the changes since the last time.', 'Read the whole list again; from then on it tells changes.', START_OVER);
	}
	if (isNotLicensed(answer, codes) || lacksIntune(answer, codes, circumstances)) {
		const licence = reading.licence ? ` It needs ${reading.licence}.` : ' (Sign-in and MFA data need Microsoft Entra ID P1; managed devices need Intune.)';
		return told('notLicensed', 'the tenant has no subscription that includes it.', `Leave it out for this tenant, or license it.${licence}`);
	}
	if (codes.includes('Authorization_IdentityNotFound')) {
		return told('configuration', `nobody has consented to the app ${clientId} there.`, `An administrator of the tenant consents here: ${consent}`);
	}
	switch (answer.status) {
		case 401:
			return told('configuration', 'Microsoft Graph did not accept the token, not even a new one.', 'Check that the cloud in the credential is that of the tenant, and the clock of this machine. If both are right, run again later.');
		case 403: {
			if (circumstances.account) return told('notPermitted', ...refusedPartner(circumstances, circumstances.account, consent));
			if (circumstances.roles && permissionAmong(reading, circumstances.roles) !== undefined) {
				return told(
					'notPermitted',
					`Microsoft Graph refuses although the app ${clientId} has a permission for it.`,
					'A newly given permission can take some minutes to arrive. If it stays, look for an access restriction in the tenant (Conditional Access for workload identities, Restricted management administrative units).',
				);
			}
			return told(
				'notPermitted',
				`the app ${clientId} lacks the permission ${reading.permission}.`,
				`Add the application permission ${reading.permission} (Microsoft Graph) to the app registration, then have an administrator of the tenant consent: ${consent}`,
			);
		}
		case 404:
			if (codes.includes('MailboxNotEnabledForRESTAPI')) return told('notFound', 'there is no mailbox.', 'Leave it out for people without a mailbox in Exchange Online.');
			return circumstances.record
				? told('notFound', `!There is no ${circumstances.record} in tenant ${tenant}.`, 'Check the ID. A record that was created just now can take a minute to appear.')
				: told('notFound', 'Microsoft Graph does not find it.', 'Check what was asked for. A record that was created just now can take a minute to appear.');
		case 400: {
			const words = serviceWords(answer, circumstances);
			return circumstances.ownFilter
				? told('input', `Microsoft Graph does not take this filter${words}.`, 'Correct the filter. Its language: https://learn.microsoft.com/graph/filter-query-parameter')
				: told('input', `Microsoft Graph does not take this request${words}.`, 'Check the properties and filters that were chosen.');
		}
		case 501:
			return told('input', 'one of the chosen properties cannot be read in a list.', 'Take out the extra properties that are not part of the directory (for example aboutMe, skills, mailboxSettings).');
		case 429:
			return explainThrottled(circumstances, answer);
		default:
			if (answer.status >= 300 && answer.status < 400) {
				return told('configuration', `the answer was a redirection (status ${answer.status}), which Microsoft Graph does not send here.`, 'Check the Graph address in the credential, and whether a proxy answers in its place.');
			}
			if (answer.status >= 500 || answer.status === 408) {
				return told('unavailable', `Microsoft Graph failed with status ${answer.status}, every time it was asked.`, 'Nothing was lost: run again later. Status of the service: https://status.cloud.microsoft');
			}
			return told('refused', `Microsoft Graph answered with status ${answer.status}${serviceWords(answer, circumstances)}.`, 'Report this with the request id if it happens again.');
	}
}

/** What a partner's service account lacks: the scope, which its token tells, or the role, which only the refusal tells. */
function refusedPartner({ reading, tenant, clientId }: Circumstances, { name, scopes, atHome }: NonNullable<Circumstances['account']>, consent: string): [why: string, remedy: string] {
	const account = `the partner’s service account${name ? ` ${name}` : ''}`;
	const scope = reading.delegated ?? reading.permission;
	if (scopes && permissionAmong(reading, scopes) === undefined) {
		return [
			`the app ${clientId} may not use the delegated permission ${scope} there.`,
			`Add the delegated permission ${scope} (Microsoft Graph) to the app registration, then have an administrator of the tenant consent: ${consent} Or consent for it through Partner Center.`,
		];
	}
	const role = reading.role ?? 'Global Reader';
	if (atHome) return [`${account} lacks a role for it, at least ${role}.`, `An administrator of the partner’s tenant ${tenant} gives the account the role ${role}.`];
	return [
		`${account} lacks a role for it, at least ${role}.`,
		`The GDAP relationship with tenant ${tenant} has to include ${role}, and a security group with that role in which the account is a member. Microsoft 365: Customer → Check tells which of it is missing. A change can take half an hour.`,
	];
}

export function explainThrottled(circumstances: Circumstances, answer?: Answer): SyncError {
	return new SyncError(`${circumstances.sentence}: Microsoft Graph limits the requests for this tenant.`, {
		class: 'unavailable',
		code: 'graph.429',
		remedy: 'Nothing was lost: run again later.',
		tenantId: circumstances.tenant,
		httpStatus: 429,
		requestId: answer?.requestId,
		retryAfterSeconds: retryAfterSeconds(answer?.headers.get('retry-after'), Date.now()),
	});
}

export function explainBrokenAnswer(broken: BrokenAnswer, circumstances: Circumstances): SyncError {
	return new SyncError(`${circumstances.sentence}: ${broken.message} (request id ${broken.requestId}).`, {
		class: 'unavailable',
		code: 'graph.brokenAnswer',
		remedy: 'Nothing was lost: run again later. If it stays, a proxy in between may cut answers short.',
		tenantId: circumstances.tenant,
		httpStatus: broken.status,
		requestId: broken.requestId,
		cause: broken,
	});
}

/** The answer to a batch lacks that of one of its requests. */
export function explainBrokenBatch(circumstances: Circumstances, requestId: string): SyncError {
	return new SyncError(`${circumstances.sentence}: the answer to a batch of requests is not complete (request id ${requestId}).`, {
		class: 'unavailable',
		code: 'graph.brokenBatch',
		remedy: 'Nothing was lost: run again later. If it stays, a proxy in between may cut answers short.',
		tenantId: circumstances.tenant,
		requestId,
	});
}

function hasForgotten({ status }: Answer, codes: readonly string[]): boolean {
	if (status === 410 || (status === 400 && codes.includes('Request_UnsupportedQuery'))) return true;
	return status >= 400 && status < 500 && codes.some((code) => START_OVER_CODES.has(code));
}

function isNotLicensed(answer: Answer, codes: readonly string[]): boolean {
	if (answer.status !== 400 && answer.status !== 403) return false;
	if (codes.some((code) => NOT_LICENSED_CODES.has(code))) return true;
	const message = messageOf(answer).toLowerCase();
	return NOT_LICENSED_TEXTS.some((text) => message.includes(text));
}

/** Intune also refuses a tenant without it as if the app lacked a permission that its token has (contract: B5). */
function lacksIntune(answer: Answer, codes: readonly string[], { reading, roles, account }: Circumstances): boolean {
	if ((answer.status !== 401 && answer.status !== 403) || !reading.licence || account || !codes.includes('UnknownError')) return false;
	return /"ErrorCode"\s*:\s*"Forbidden"/.test(messageOf(answer)) && roles !== undefined && permissionAmong(reading, roles) !== undefined;
}

/** The service's own sentence, where it is about what we asked; shortened, and never with a token or secret in it. */
function serviceWords(answer: Answer, { secrets }: Circumstances): string {
	let message = messageOf(answer).split('\n')[0].trim();
	for (const secret of secrets) if (secret) message = message.replaceAll(secret, '…');
	message = message.replace(/eyJ[\w-]+(\.[\w-]+)*/g, '…').slice(0, 200);
	return message === '' ? '' : `: "${message.replace(/\.$/, '')}"`;
}

function messageOf(answer: Answer): string {
	const message = (answer.body as { error?: GraphError } | undefined)?.error?.message;
	return typeof message === 'string' ? message : '';
}
