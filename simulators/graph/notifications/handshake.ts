import { guidOf } from '../../world/random';
import { validationFailed, validationMismatch, validationTimedOut } from './failures';
import { postToLoopback, type PostOptions } from './loopbackPost';

/**
 * Asks an endpoint whether it wants notifications: it has to answer 200 with the decoded token as plain text within
 * ten seconds (contract B12). Throws the 400 that the creator of the subscription gets.
 *
 * @param serial makes the token another one each time
 */
export async function shakeHands(address: string, serial: number, options: Pick<PostOptions, 'timeoutMilliseconds' | 'ca' | 'signal'>): Promise<void> {
	// The service's own wording: blanks and a colon, so that an endpoint that forgets to decode is found out.
	const token = `Validation: Testing client application reachability for subscription Request-Id: ${guidOf(`handshake ${serial}`)}`;
	const url = new URL(address);
	url.searchParams.append('validationToken', token);
	const outcome = await postToLoopback(url.href, { ...options, contentType: 'text/plain; charset=utf-8', body: '' });
	if ('failure' in outcome) throw outcome.failure === 'timedOut' ? validationTimedOut() : validationFailed();
	if (outcome.status !== 200) throw validationFailed();
	if (!/^text\/plain\b/i.test(outcome.contentType) || outcome.body !== token) throw validationMismatch();
}
