/** Behaviour of Syncro that is not documented, or that differs between accounts, as switches. */
export interface SyncroQuirks {
	/** Requests that one address may make in any 60 seconds. Documented: 180. */
	requestsPerMinute: number;
	/** What the 429 answer says of waiting; Syncro documents nothing. */
	retryAfter: 'none' | 'whole' | 'fractional' | 'date';
	/** Which keys of `meta` the list answers carry. */
	meta: 'full' | 'pagesOnly' | 'absent';
	contactsPerPage: number;
	customersPerPage: number;
	/** Status of an answer to a token that lacks a permission. */
	permissionStatus: 401 | 403;
	/** Body of the answer to an unknown token. */
	badTokenBody: 'error' | 'empty';
	notFoundBody: 'message' | 'error' | 'empty';
	/** In which of the documented shapes a refused record is answered. */
	refusalShape: RefusalShape;
	/** What a refusal repeats of the request. */
	refusalEcho: 'record' | 'params' | 'none';
	/** What PUT does with the `properties` that it does not name. `replace` is the worst case. */
	propertiesOnPut: 'replace' | 'merge';
	/** Whether POST stores `properties` (assets are known to ignore them). */
	propertiesOnPost: 'store' | 'ignore';
	/** What happens to a property that is not in `declaredProperties`. */
	unknownProperties: 'keep' | 'drop';
	/** Labels of the contact fields that the account has. `title` is always one. */
	declaredProperties: string[];
	/** How `/me` writes the permissions; only the names of the groups are documented. */
	permissionsShape: 'flags' | 'actions' | 'names' | 'absent';
}

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
	contactsPerPage: 50,
	customersPerPage: 100,
	permissionStatus: 401,
	badTokenBody: 'error',
	notFoundBody: 'message',
	refusalShape: 'errorsString',
	refusalEcho: 'record',
	propertiesOnPut: 'replace',
	propertiesOnPost: 'store',
	unknownProperties: 'keep',
	declaredProperties: [],
	permissionsShape: 'flags',
};
