import type { FaultRule } from '../../../simulators/base/faults';
import { graphError } from './service';

/** Complete, or the words of the error. */
export type Expected = 'complete' | RegExp;
export const answer = (status: number, body?: unknown, headers?: Record<string, string>): FaultRule['fault'] => ({ kind: 'answer', status, body, headers });
const throttled = (retryAfter?: string) => answer(429, graphError('TooManyRequests'), retryAfter === undefined ? {} : { 'retry-after': retryAfter });

export const FAULTS: Record<string, [FaultRule['fault'], times: number, Expected]> = {
	'401 once': [answer(401, graphError('InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.')), 1, 'complete'],
	'401 for ever': [answer(401, graphError('InvalidAuthenticationToken')), Infinity, /did not accept the token, not even a new one\.$/],
	403: [answer(403, graphError('Authorization_RequestDenied')), Infinity, /: Microsoft Graph refuses although the app .* has a permission for it\.$/],
	'403 for want of a licence': [answer(403, graphError('Authentication_RequestFromNonPremiumTenantOrB2CTenant')), Infinity, /: the tenant has no subscription that includes it\.$/],
	404: [answer(404, graphError('Request_ResourceNotFound')), Infinity, /does not find it\.$|^There is no (user|group|managed device) .* in tenant /],
	'429 with whole seconds': [throttled('2'), 2, 'complete'],
	'429 with a fraction': [throttled('2.128'), 1, 'complete'],
	'429 without Retry-After': [throttled(), 2, 'complete'],
	'429 for ever': [throttled('6'), Infinity, /limits the requests for this tenant; the next try would be in 6 s, and \d+ s are left of this run's 20 s\.$/],
	'500 once': [answer(500, graphError('InternalServerError')), 1, 'complete'],
	'500 for ever': [answer(500, graphError('InternalServerError')), Infinity, /failed with status 500, every time it was asked\.$/],
	'502 in HTML': [answer(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' }), 2, 'complete'],
	'502 in HTML for ever': [answer(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' }), Infinity, /failed with status 502, every time it was asked\.$/],
	'503 with Retry-After': [answer(503, graphError('ServiceNotAvailable'), { 'retry-after': '1' }), 2, 'complete'],
	'503 without': [answer(503), 1, 'complete'],
	504: [answer(504, graphError('GatewayTimeout')), 1, 'complete'],
	'a reset': [{ kind: 'reset', after: false }, 1, 'complete'],
	'a reset after the work was done': [{ kind: 'reset', after: true }, 2, 'complete'],
	'resets for ever': [{ kind: 'reset', after: false }, Infinity, /localhost:\d+ did not answer, the connection was cut\.$/],
	'truncated JSON': [{ kind: 'truncate', share: 0.6 }, 2, 'complete'],
	'truncated JSON for ever': [{ kind: 'truncate', share: 0.6 }, Infinity, /: the answer broke off \(request id [0-9a-f-]{36}\)\.$/],
	'an answer that ends early and says it is whole': [answer(200, '{"value":[{"id":"1"}'), 1, 'complete'],
	'a slow answer': [{ kind: 'delay', milliseconds: 30 }, 1, 'complete'],
	'no answer': [{ kind: 'hang' }, 1, 'complete'],
	gzip: [{ kind: 'gzip' }, Infinity, 'complete'],
	'a redirection to another host': [answer(302, '', { location: 'https://portal.hotel.example/' }), Infinity, /: the answer was a redirection \(status 302\)/],
	'HTML instead of JSON with status 200': [answer(200, '<html>Sign in to the hotel</html>', { 'content-type': 'text/html' }), Infinity, /: the answer is not complete JSON \(request id /],
};
