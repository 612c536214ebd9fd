/** Behaviour of Syncro that is not documented, or that differs between accounts, as switches. */
export interface SyncroQuirks {
	/** Requests that one address may make in any 60 seconds. Documented: 180. */
	requestsPerMinute: number;
	/** What the 429 answer says of waiting; Syncro documents nothing. */
	retryAfter: 'none' | 'whole' | 'fractional' | 'date';
	/** Which keys of `meta` the lists of customers and contacts carry. */
	meta: Meta;
	/** The same for assets: the specification shows none, somebody who looked saw pages counted. */
	assetsMeta: Meta;
	schedulesMeta: Meta;
	contactsPerPage: number;
	customersPerPage: number;
	assetsPerPage: number;
	schedulesPerPage: number;
	alertsPerPage: number;
	ticketsPerPage: number;
	portalUsersPerPage: number;
	/** Status of an answer to a token that lacks a permission. */
	permissionStatus: 401 | 403;
	/** Body of the answer to an unknown token. */
	badTokenBody: 'error' | 'empty';
	notFoundBody: 'message' | 'error' | 'empty';
	/** In which of the documented shapes a refused record is answered. */
	refusalShape: RefusalShape;
	/** What a refusal repeats of the request. */
	refusalEcho: 'record' | 'params' | 'none';
	/** What PUT does with the `properties` of a contact, customer or asset that it does not name. `replace` is the worst case. */
	propertiesOnPut: 'replace' | 'merge';
	/** Whether POST stores the `properties` of a contact. */
	propertiesOnPost: 'store' | 'ignore';
	/** Whether POST stores the `properties` of an asset; it is known not to. */
	assetPropertiesOnPost: 'store' | 'ignore';
	/** What happens to a property for which the account has no custom field. `title` of a contact needs none. */
	unknownProperties: 'keep' | 'drop';
	/** What happens to a value that is none of a dropdown's answers. */
	unknownAnswers: 'refuse' | 'drop';
	/** What PUT does with the `opt_out` of a contact, which is readable and in no documented body. */
	optOutOnPut: 'store' | 'ignore';
	/** What PUT does with the `contact_id` of an asset, which is readable and in no documented body. */
	assetContactOnPut: 'store' | 'ignore';
	/** The `recurring_type_id` of lines that count contacts or assets by themselves. Syncro documents 1 to 6 without a meaning; these are what a public client says (advenimus/syncromsp-mcp). */
	counters: { contacts: number; assets: number };
	/** What the answers show as the quantity of a line that counts by itself: the count of now, or nothing before the invoice is made. */
	counterQuantity: 'counted' | 'zero';
	/** Whether the answers show what a line counts; the specification's examples name only the asset type. */
	counterFields: 'shown' | 'absent';
	/** Body of the answers for which the specification shows none: DELETE of a schedule, removal of its lines. */
	undocumentedAnswers: 'empty' | 'success';
	/** Name under which POST answers with an alert; GET always says `rmm_alert`. */
	alertOnPost: 'alert' | 'rmm_alert';
	/** What DELETE does to an alert. */
	deletedAlerts: 'resolved' | 'gone';
	/** Whose id `create_invitation` takes. */
	invitationId: 'portalUser' | 'contact';
	/** Whether a portal user can be created without a password. */
	portalPassword: 'required' | 'optional';
	/** How `/me` writes the permissions; only the names of the groups are documented. */
	permissionsShape: 'flags' | 'actions' | 'names' | 'absent';
}

export type Meta = 'full' | 'pagesOnly' | 'absent';

export type RefusalShape =
	| 'errorsString'
	| 'errorsArray'
	| 'errorsObject'
	| 'messageString'
	| 'messageArray'
	| 'errorString'
	| 'errorArray';

export const DEFAULT_QUIRKS: Readonly<SyncroQuirks> = {
	requestsPerMinute: 180,
	retryAfter: 'none',
	meta: 'full',
	assetsMeta: 'absent',
	schedulesMeta: 'absent',
	contactsPerPage: 50,
	customersPerPage: 100,
	assetsPerPage: 50,
	schedulesPerPage: 25,
	alertsPerPage: 50,
	ticketsPerPage: 50,
	portalUsersPerPage: 100,
	permissionStatus: 401,
	badTokenBody: 'error',
	notFoundBody: 'message',
	refusalShape: 'errorsString',
	refusalEcho: 'record',
	propertiesOnPut: 'replace',
	propertiesOnPost: 'store',
	assetPropertiesOnPost: 'ignore',
	unknownProperties: 'keep',
	unknownAnswers: 'refuse',
	optOutOnPut: 'ignore',
	assetContactOnPut: 'ignore',
	counters: { contacts: 6, assets: 4 },
	counterQuantity: 'counted',
	counterFields: 'absent',
	undocumentedAnswers: 'empty',
	alertOnPost: 'alert',
	deletedAlerts: 'resolved',
	invitationId: 'portalUser',
	portalPassword: 'required',
	permissionsShape: 'flags',
};
