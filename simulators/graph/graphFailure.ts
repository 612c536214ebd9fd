import type { DeltaSettings } from './delta/settings';

/**
 * A refusal of Graph, in the service's own words. Source: contract E and B0, and for texts that the contract lacks,
 * public issue threads that quote them.
 */
export class GraphFailure extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
		/** Further members of `innerError`. */
		readonly inner: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

export const unsupportedQuery = (message: string) => new GraphFailure(400, 'Request_UnsupportedQuery', message);
export const badRequest = (message: string) => new GraphFailure(400, 'Request_BadRequest', message);
/** What Graph's OData parser says before the directory is asked. */
export const invalidQuery = (message: string) => new GraphFailure(400, 'BadRequest', message);

export const segmentUnknown = (segment: string) => badRequest(`Resource not found for the segment '${segment}'.`);
export const identifierInvalid = (id: string) => badRequest(`Invalid object identifier '${id}'.`);
export const methodNotAllowed = () => new GraphFailure(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
export const optionUnknown = (name: string) => badRequest(`Unrecognized query argument specified: '${name}'.`);
export const skipUnsupported = () => badRequest("'$skip' is not supported by the service.");
export const optionRepeated = (name: string) =>
	invalidQuery(`Query option '${name}' was specified more than once, but it must be specified at most once.`);
export const pageSizeUnsupported = () =>
	unsupportedQuery('This resource does not support custom page sizes. Please retry without a page size.');
export const pageSizeInvalid = (value: string) =>
	unsupportedQuery(`Invalid page size specified: '${value}'. Must be between 1 and 999 inclusive.`);
export const pageTokenExpired = () =>
	new GraphFailure(
		400,
		'Directory_ExpiredPageToken',
		'The specified page token value has expired and can no longer be included in your request.',
	);
export const pageTokenInvalid = () =>
	new GraphFailure(400, 'Directory_InvalidPageToken', 'The specified page token value is invalid or was not issued for this request.');

/** Made up, or issued to another app, tenant, resource or query. The code is the service's for bad requests, the text our own. */
export const deltaTokenMalformed = () => badRequest('The delta token is not valid for this request.');
/** The three ways in which the service says that a delta token is worth nothing any more (contract B3). */
export const deltaTokenLost = (how: DeltaSettings['lostTokens'], address: string) => {
	if (how === 'tooOld') return unsupportedQuery('DeltaLink older than 30 days is not supported.');
	if (how === 'gone') return new GraphFailure(410, 'resyncRequired', 'Resync required.', { location: `${address}?$deltatoken=` });
	return new GraphFailure(400, 'syncStateNotFound', 'The sync state generation is not found; a full resync is needed.');
};

export const needsAdvancedQuery = () => unsupportedQuery('Unsupported Query.');
export const countUnsupported = () => badRequest('$count is not currently supported.');
export const searchNeedsHeader = () =>
	unsupportedQuery("Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'");
export const notIndexed = () => unsupportedQuery('The request uses a filter property that is not indexed');
export const notStored = () => new GraphFailure(501, 'NotImplemented', 'This operation target is not yet supported.');
/** For what the real service can do and this simulator cannot: told apart from every answer of the contract. */
export const notSimulated = (what: string) => new GraphFailure(501, 'NotSimulated', `The simulator does not know ${what}.`);

export const notFound = (id: string) =>
	new GraphFailure(
		404,
		'Request_ResourceNotFound',
		`Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
	);

export const propertyInvalid = (name: string) => badRequest(`Invalid value specified for property '${name}' of resource 'User'.`);
export const synchronisedUser = () =>
	badRequest('Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.');
/** That it is refused is known; the text is our own. */
export const federatedUser = () => badRequest('The password of a user in a federated domain cannot be set.');
export const passwordRefused = () =>
	badRequest('The specified password does not comply with password complexity requirements. Please provide a different password.');

export const permissionMissing = () =>
	new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
export const auditLogPermissionMissing = () =>
	new GraphFailure(
		403,
		'Authentication_MSGraphPermissionMissing',
		'Calling principal does not have required MSGraph permissions AuditLog.Read.All',
	);
export const premiumMissing = () =>
	new GraphFailure(
		403,
		'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
		"Neither tenant is B2C or tenant doesn't have premium license",
	);
/** Usage reports speak another language than the directory (contract E; public logs agree). */
export const reportsPermissionMissing = () => new GraphFailure(403, 'S2SUnauthorized', 'Invalid permission.');
/** The same, wrapped once more on its way (public log of 2026). */
export const reportSettingsPermissionMissing = () =>
	new GraphFailure(403, 'UnknownError', JSON.stringify({ error: { code: 'S2SUnauthorized', message: 'Invalid permission.' } }));
/** Security answers without a word (contract E). */
export const securityPermissionMissing = () => new GraphFailure(403, 'UnknownError', '');
export const mailboxPermissionMissing = () =>
	new GraphFailure(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
export const mailboxMissing = () =>
	new GraphFailure(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.');
/** Intune puts a document of its own into the message (public logs). */
const intuneMessage = (members: Readonly<Record<string, unknown>>) => JSON.stringify({ _version: 3, ...members }, undefined, 2);
export const intunePermissionMissing = (permissions: readonly string[]) =>
	new GraphFailure(
		403,
		'Forbidden',
		intuneMessage({
			Message: `Application is not authorized to perform this operation. Application must have one of the following scopes: ${permissions.join(', ')}`,
			CustomApiErrorPhrase: '',
			RetryAfter: null,
		}),
	);
export const intuneMissing = () => new GraphFailure(400, 'BadRequest', 'Request not applicable to target tenant.');
/** The other way in which Intune says that a tenant does not have it (contract B5). */
export const intuneForbidden = () => new GraphFailure(403, 'UnknownError', JSON.stringify({ ErrorCode: 'Forbidden', Message: '' }));
export const managedDeviceMissing = (id: string) =>
	new GraphFailure(404, 'ResourceNotFound', intuneMessage({ Message: `Device ${id} was not found.`, CustomApiErrorPhrase: '', RetryAfter: null }));

export const callerUnknown = () =>
	new GraphFailure(401, 'Authorization_IdentityNotFound', 'The identity of the calling application could not be established.');

/** @param loginOrigin goes into the challenge that comes with every 401 */
export const tokenRefused = (message: string, loginOrigin: string) =>
	new GraphFailure(401, 'InvalidAuthenticationToken', message, {
		'www-authenticate': `Bearer realm="", authorization_uri="${loginOrigin}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
	});
