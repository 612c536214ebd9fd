import { SyncError, type SyncErrorDetails } from '../../model/syncError';

/** What error messages say of a request. */
export interface RequestPurpose {
	/** The Syncro account (subdomain). */
	account: string;
	/** Host that was asked. */
	host: string;
	/** What was attempted, to continue "Syncro could not …", with the record: `create the contact "Ada Lovelace"`. */
	doing: string;
	/** Token permission that it needs, as Syncro's token page writes it. */
	permission?: string;
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

/**
 * What a refusal says, in sentences. Syncro uses `errors`, `message` or `error`, each as text, list, or (errors)
 * as an object of lists. `record` and `params` repeat what was sent, passwords included, and are never read.
 */
export function refusalSentences(body: unknown): string[] {
	if (typeof body !== 'object' || body === null) return [];
	const { errors, message, error } = body as Record<string, unknown>;
	const sentences = [errors, message, error].flatMap(sentencesOf);
	return [...new Set(sentences)];
}

function sentencesOf(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [tidy(value)];
	if (Array.isArray(value)) return value.flatMap(sentencesOf);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([field, texts]) =>
		sentencesOf(texts).map((text) => (field === 'base' ? text : `${field.charAt(0).toUpperCase()}${field.slice(1).replace(/_/g, ' ')} ${text}`)),
	);
}

function tidy(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
	return line.length > LONGEST_SENTENCE ? `${line.slice(0, LONGEST_SENTENCE)}…` : line;
}

/** The failure that an answer with an error status stands for. */
export function failureOfAnswer(purpose: RequestPurpose, status: number, body: unknown, retryAfter: number | undefined): Failure {
	const said = refusalSentences(body).join('; ');
	const quoted = said === '' ? '' : ` Syncro says: ${said}.`;
	const fail = (message: string, details: Omit<SyncErrorDetails, 'httpStatus'>) =>
		new SyncError(message, { ...details, httpStatus: status });
	const could = `Syncro account ${purpose.account}: could not ${purpose.doing}`;

	if (status === 403 || (status === 401 && /permission|not authori[sz]ed/i.test(said))) {
		const needed = purpose.permission ? `the permission "${purpose.permission}"` : 'a permission';
		return no(
			fail(`${could}, because the API token lacks ${needed}.${quoted}`, {
				class: 'configuration',
				code: 'syncro.permission',
				remedy: `In Syncro, open Admin → API Tokens and give this token ${needed}, or create a token that has it and enter it in the Syncro credential.`,
			}),
		);
	}
	if (status === 401) {
		return no(
			fail(`${could}, because Syncro does not accept the API token.${quoted}`, {
				class: 'configuration',
				code: 'syncro.token',
				remedy: `The token is mistyped, expired, deleted, or belongs to another account than ${purpose.account}. Create one in Syncro under Admin → API Tokens and enter it in the Syncro credential.`,
			}),
		);
	}
	if (status === 404) {
		return no(
			fail(`${could}, because it is not there (404).${quoted}`, {
				class: 'notFound',
				code: 'syncro.notFound',
				remedy: 'It was deleted or merged in Syncro, or it belongs to another account. Read the records again; the next plan decides anew.',
			}),
		);
	}
	if (status === 429) {
		return {
			carriedOut: 'no',
			passing: true,
			error: fail(`${could}, because Syncro counted too many requests (429).`, {
				class: 'unavailable',
				code: 'syncro.429',
				retryAfterSeconds: retryAfter,
				remedy:
					'Syncro allows 180 requests a minute for everything that shares your outbound address. Run it again later, or lower Requests per Minute in the Syncro credential if other tools use the API from the same address.',
			}),
		};
	}
	if (status >= 500 || status === 408) {
		return {
			carriedOut: status === 504 || status === 408 ? 'later' : 'unknown',
			passing: true,
			error: fail(`${could}, because Syncro has trouble of its own (${status}).${quoted}`, {
				class: 'unavailable',
				code: `syncro.${status}`,
				retryAfterSeconds: retryAfter,
				remedy: 'Run it again later. If it stays like this, look at Syncro\'s status page.',
			}),
		};
	}
	if (status >= 300 && status < 400) {
		return no(
			fail(`${could}, because ${purpose.host} sends the request elsewhere (${status}) instead of answering it.`, {
				class: 'configuration',
				code: 'syncro.redirect',
				remedy: 'Check Subdomain (and Address Override) in the Syncro credential: the API of an account answers at https://<subdomain>.syncromsp.com/api/v1.',
			}),
		);
	}
	return no(
		fail(`${could}: ${said === '' ? `it was refused (${status}) without a reason` : `${said} (${status})`}.`, {
			class: 'refused',
			code: `syncro.${status}`,
			remedy: refusalRemedy(said),
		}),
	);
}

function refusalRemedy(said: string): string {
	if (/already been taken/i.test(said)) return 'Another record of this Syncro account has the same value, perhaps at another customer: look for it in Syncro. The other records are not affected.';
	if (/e-?mail/i.test(said)) return 'Correct the e-mail address of this person in Microsoft 365, or map another property to Email. The other records are not affected.';
	if (/name/i.test(said)) return 'Give this person a display name in Microsoft 365, or map another property to Name. The other records are not affected.';
	if (/customer/i.test(said)) return 'Check that the customer still exists in Syncro, and pair the tenant with the right one.';
	return 'Correct the value in Microsoft 365 or change the field mapping. The other records are not affected.';
}

/** The failure of an answer (status 200 or 404) that is not JSON: a sign-in page, a firewall, "Disabled". */
export function failureOfForeignAnswer(purpose: RequestPurpose, status: number, contentType: string | null): Failure {
	const kind = contentType?.split(';')[0].trim() || 'something without a type';
	return {
		carriedOut: 'unknown',
		passing: false,
		error: new SyncError(`Syncro account ${purpose.account}: could not ${purpose.doing}, because ${purpose.host} answered with ${kind} instead of JSON.`, {
			class: 'unavailable',
			code: 'syncro.notJson',
			httpStatus: status,
			remedy:
				'A sign-in page, a firewall or a proxy answered in place of the API. Check Subdomain and Address Override in the Syncro credential, and whether a firewall or proxy lets n8n reach the API; then run it again.',
		}),
	};
}

/** An answer that is JSON but not what Syncro's API documents. */
export function malformed(purpose: Pick<RequestPurpose, 'account' | 'doing'>, what: string): SyncError {
	return new SyncError(`Syncro account ${purpose.account}: could not ${purpose.doing}, because ${what}.`, {
		class: 'unavailable',
		code: 'syncro.malformed',
		remedy: 'Nothing was concluded from this answer. Run it again; if it stays like this, report it with this message.',
	});
}

/** Codes of errors that happen before a request is sent. */
const NOT_SENT = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL|EPROTO/;

/** The failure of a request that got no complete answer. */
export function failureOfNetwork(purpose: RequestPurpose, cause: unknown, timeoutMilliseconds: number): Failure {
	const code = errorCode(cause);
	const could = `Syncro account ${purpose.account}: could not ${purpose.doing}`;
	const fail = (message: string, details: SyncErrorDetails) => new SyncError(message, { ...details, cause });

	if (isTimeout(cause)) {
		return {
			carriedOut: 'later',
			passing: true,
			error: fail(`${could}, because ${purpose.host} did not answer within ${timeoutMilliseconds / 1000} seconds.`, {
				class: 'unavailable',
				code: 'syncro.timeout',
				remedy: 'Run it again later. If it stays like this, check the network between n8n and Syncro.',
			}),
		};
	}
	if (code === 'ENOTFOUND') {
		return no(
			fail(`${could}, because there is no host ${purpose.host} (the name can't be resolved).`, {
				class: 'configuration',
				code: 'syncro.dns',
				remedy: 'Check Subdomain in the Syncro credential: it is the first part of the address at which you sign in to Syncro. If it is right, check the DNS settings of the n8n server.',
			}),
		);
	}
	if (CERTIFICATE.test(code)) {
		return no(
			fail(`${could}, because the certificate of ${purpose.host} is not trusted (${code}).`, {
				class: 'configuration',
				code: 'syncro.tls',
				remedy: 'If a proxy inspects the traffic, give the n8n server its CA certificate with NODE_EXTRA_CA_CERTS; for an Address Override, enter the CA certificate in the Syncro credential.',
			}),
		);
	}
	return {
		carriedOut: NOT_SENT.test(code) ? 'no' : 'unknown',
		passing: true,
		error: fail(`${could}, because the connection to ${purpose.host} failed (${code}).`, {
			class: 'unavailable',
			code: 'syncro.network',
			remedy: 'Run it again later. If it stays like this, check the network, proxy and firewall between n8n and Syncro.',
		}),
	};
}

function no(error: SyncError): Failure {
	return { error, carriedOut: 'no', passing: false };
}

function isTimeout(error: unknown): boolean {
	return causes(error).some(({ name, code }) => name === 'TimeoutError' || (/TIMEOUT$/.test(String(code)) && !NOT_SENT.test(String(code))));
}

/** The innermost code that names what went wrong, else the innermost message. */
function errorCode(error: unknown): string {
	const chain = causes(error);
	const codes = chain.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
	const messages = chain.flatMap(({ message }) => (typeof message === 'string' && message !== '' ? [tidy(message)] : []));
	return codes.at(-1) ?? messages.at(-1) ?? 'unknown';
}

/** Errors of other realms are no `Error` here, so they are known by their shape. */
interface Fault {
	name?: unknown;
	code?: unknown;
	message?: unknown;
	cause?: unknown;
}

/** The error, what caused it, and so on; at most as many as anybody nests. */
function causes(error: unknown): Fault[] {
	const chain: Fault[] = [];
	for (let current = error; typeof current === 'object' && current !== null && chain.length < 10; current = chain.at(-1)!.cause) chain.push(current);
	return chain;
}
