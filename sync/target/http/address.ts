import { SyncError } from '../../model/syncError';

/** Where an endpoint is. */
export interface Endpoint {
	/** Without a slash at its end, for example `https://portal.example.com/api`. */
	base: string;
	/** Host, with its port where it has one. */
	host: string;
	/** Under this name its pairings, links and runs are kept. */
	account: string;
}

/**
 * @param accountName what the ledger calls the endpoint; default: host and path of the address
 * @throws SyncError class `configuration` for anything but a plain https address
 */
export function endpointOf(baseAddress: string, accountName = ''): Endpoint {
	const url = URL.parse(baseAddress.trim());
	if (url?.protocol !== 'https:' || url.username || url.password || url.search || url.hash) {
		throw new SyncError(baseAddress.trim() === '' ? 'The HTTP Target credential has no address.' : 'The Base Address of the HTTP Target credential is not a plain https address.', {
			class: 'configuration',
			code: 'http.address',
			remedy: 'Enter the part of the address that all requests share, beginning with https:// and without a question mark or a user name, for example https://portal.example.com/api. The secret belongs into Header Value.',
		});
	}
	const path = url.pathname.replace(/\/+$/, '');
	return { base: url.origin + path, host: url.host, account: accountName.trim() || url.host + path };
}

/**
 * The whole address of a path below the endpoint.
 *
 * @throws SyncError class `input` when it leads out of the endpoint: the secret goes nowhere else
 */
export function addressOf({ base, host }: Endpoint, path: string): URL {
	const url = path.startsWith('/') ? URL.parse(base + path) : null;
	const fragment = path.includes('#') || path.includes('\\');
	const below = url !== null && !fragment && url.origin === new URL(base).origin && `${url.origin}${url.pathname}/`.startsWith(`${base}/`);
	// What the parser tidied away (dots, tabs) is not what was meant; nor are two slashes that a missing part leaves.
	const straight = below && !url.pathname.includes('//') && !/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(pathOf(path)) && !/[\t\r\n]/.test(path);
	if (url && straight) return url;
	throw new SyncError(`"${path}" is no path below ${host}.`, {
		class: 'input',
		code: 'http.path',
		remedy: 'Write the path as it continues the Base Address of the credential, beginning with one slash, for example /users/{recordId}. Nothing was sent.',
	});
}

/** The address of a next page: a whole one, or a path. @throws SyncError class `input` when it leads out of the endpoint */
export function nextAddressOf(endpoint: Endpoint, current: URL, next: string): URL {
	const url = URL.parse(next, current.href);
	if (url && url.origin === current.origin && `${url.origin}${url.pathname}/`.startsWith(`${endpoint.base}/`) && !url.username) return url;
	throw new SyncError(`The link to the next page leads out of ${endpoint.base}.`, {
		class: 'refused',
		code: 'http.nextLink',
		remedy: 'The secret is sent to the Base Address of the credential only. Correct the Base Address so that it covers the list, or read page by page number.',
	});
}

function pathOf(path: string): string {
	return path.split('?', 1)[0];
}
