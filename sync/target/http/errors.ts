import { explainNetworkFailure } from '../../source/graph/transport/networkFailure';
import { SyncError, type SyncErrorDetails } from '../../model/syncError';

/** What error messages say of a request. */
export interface RequestPurpose {
	host: string;
	/** What was attempted, to continue "could not …", with the record. */
	doing: string;
	/** Taken out of whatever the endpoint says. */
	secret: string;
}

/** What became of a request that failed. */
export interface Failure {
	error: SyncError;
	/** `no`: certainly not carried out; `unknown`: perhaps; `later`: perhaps, and perhaps still under way. */
	carriedOut: 'no' | 'unknown' | 'later';
	/** Sending it again after a while may help. */
	passing: boolean;
}

const LONGEST_SENTENCE = 300;
/** Errors that happen before a request is sent. */
const NOT_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * What the endpoint says itself, in a sentence: `detail` and `title` of RFC 9457, and the other names that are in use.
 * Nothing else of an answer is repeated, since it may hold what was sent.
 */
export function endpointSays(body: unknown, secret: string): string {
	const said = [...new Set(sentencesOf(body, 0))].join('; ').replace(/\s+/g, ' ');
	// A secret may have been split by the header's scheme: "Bearer abc" is echoed as "abc".
	const hidden = secret.split(/\s+/).filter((part) => part.length > 5).reduce((text, part) => text.replaceAll(part, '…'), said).trim();
	return hidden.length > LONGEST_SENTENCE ? `${hidden.slice(0, LONGEST_SENTENCE)}…` : hidden;
}

function sentencesOf(value: unknown, depth: number): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim().replace(/\.$/, '')];
	if (depth > 3 || typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value)) return value.slice(0, 10).flatMap((each) => sentencesOf(each, depth + 1));
	const { detail, message, title, error, errors, error_description: description } = value as Record<string, unknown>;
	const general = [detail, message, description, error].flatMap((each) => sentencesOf(each, depth + 1));
	const byField = typeof errors === 'object' && errors !== null && !Array.isArray(errors) ? Object.entries(errors).slice(0, 10).flatMap(([field, texts]) => sentencesOf(texts, depth + 1).map((text) => `${field}: ${text}`)) : sentencesOf(errors, depth + 1);
	return general.length + byField.length > 0 ? [...general, ...byField] : sentencesOf(title, depth + 1);
}

/** The failure that an answer without success stands for. */
export function failureOfAnswer(purpose: RequestPurpose, status: number, body: unknown, retryAfter: number | undefined): Failure {
	const said = endpointSays(body, purpose.secret);
	const quoted = said === '' ? '' : ` It says: ${said}.`;
	const could = `${purpose.host}: could not ${purpose.doing}`;
	const fail = (why: string, details: Omit<SyncErrorDetails, 'httpStatus'>, rest: Omit<Failure, 'error'> = { carriedOut: 'no', passing: false }): Failure => ({ ...rest, error: new SyncError(`${could}${why}`, { ...details, httpStatus: status }) });

	if (status >= 300 && status < 400) {
		return fail(`, because it sends the request elsewhere (${status}); the secret is not sent on.`, {
			class: 'configuration',
			code: 'http.redirect',
			remedy: 'Enter the final address in the HTTP Target credential, and paths without or with a slash at the end as the API wants them.',
			// "See Other" is the answer to what was carried out: its result is to be seen elsewhere (RFC 9110, 15.4.4).
		}, { carriedOut: status === 303 ? 'unknown' : 'no', passing: false });
	}
	if (status === 401 || status === 403) {
		return fail(`, because it does not ${status === 401 ? 'accept the secret' : 'allow this'} (${status}).${quoted}`, {
			class: 'configuration',
			code: `http.${status}`,
			remedy: status === 401 ? 'Check Header Name and Header Value in the HTTP Target credential; the value is whole, for example Bearer followed by the token.' : 'Give the owner of this secret the right to do this, or use the secret of somebody who has it.',
		});
	}
	if (status === 404 || status === 410) {
		return fail(`, because it is not there (${status}).${quoted}`, { class: 'notFound', code: 'http.notFound', remedy: 'The record was deleted, or the path is not the one of the API: compare Path with its documentation. Read the records again; the next plan decides anew.' });
	}
	if (status === 429) {
		return fail(
			', because it counted too many requests (429).',
			{ class: 'unavailable', code: 'http.429', retryAfterSeconds: retryAfter, remedy: 'Run it again later, or lower Requests per Minute in the HTTP Target credential.' },
			{ carriedOut: 'no', passing: true },
		);
	}
	if (status >= 500 || status === 408) {
		// Whoever says when to come again has not begun (RFC 9110, 15.6.4); a gateway that ran out of time does not know.
		const carriedOut = status === 503 && retryAfter !== undefined ? 'no' : status === 504 || status === 408 ? 'later' : 'unknown';
		return fail(
			`, because it has trouble of its own (${status}).${quoted}`,
			{ class: 'unavailable', code: `http.${status}`, retryAfterSeconds: retryAfter, remedy: 'Run it again later. If it stays like this, ask who runs this endpoint.' },
			{ carriedOut, passing: true },
		);
	}
	const remedies: Record<number, string> = {
		405: 'Choose the method that the API documents for this path.',
		409: 'There is such a record already, or somebody is changing it. Read the records again; the next plan decides anew.',
		415: 'This endpoint takes no JSON; it cannot be fed by this node.',
	};
	return fail(`: ${said === '' ? `it was refused (${status}) without a reason` : `${said} (${status})`}.`, {
		class: 'refused',
		code: `http.${status}`,
		remedy: remedies[status] ?? 'Correct the value in Microsoft 365, or what Fields and Further Values send. The other records are not affected.',
	});
}

/** An answer with success that cannot be understood: a sign-in page, a firewall. */
export function failureOfForeignAnswer({ host, doing }: RequestPurpose, contentType: string | null): Failure {
	const kind = contentType?.split(';')[0].trim() || 'something without a type';
	return {
		carriedOut: 'unknown',
		passing: false,
		error: new SyncError(`${host}: could not ${doing}, because it answered with ${kind} instead of JSON.`, {
			class: 'unavailable',
			code: 'http.notJson',
			remedy: 'A sign-in page, a firewall or a proxy may have answered in place of the API. Check the Base Address in the HTTP Target credential and the path, then run it again.',
		}),
	};
}

/** The failure of a request that got no complete answer. */
export function failureOfNetwork({ host, doing }: RequestPurpose, cause: unknown): Failure {
	const { code, text, remedy, final } = explainNetworkFailure(cause);
	return {
		carriedOut: final || NOT_SENT.has(code) ? 'no' : code === 'timeout' || code === 'UND_ERR_HEADERS_TIMEOUT' ? 'later' : 'unknown',
		passing: !final,
		error: new SyncError(`${host}: could not ${doing}: ${text}.`, { class: final ? 'configuration' : 'unavailable', code: `http.${code}`, remedy }),
	};
}

/** An answer that does not have what the settings say it has. */
export function malformed(host: string, doing: string, what: string, remedy: string): SyncError {
	return new SyncError(`${host}: could not ${doing}, because ${what}.`, { class: 'configuration', code: 'http.malformed', remedy });
}
