import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { EntraApp } from '../signIn/entraApp';

/**
 * What Microsoft Graph repeats in every notification, so that we know whom it is from. It is derived from the app's own
 * secret: every process that knows the credential knows it, nothing has to be kept, and a new secret gives another one.
 *
 * @param endpoint names the endpoint among those of the app
 * @returns 43 characters (Graph takes 128)
 */
export function clientStateFor(app: EntraApp, endpoint: string): string {
	const key = app.proof.kind === 'secret' ? app.proof.secret.trim() : app.proof.privateKey.trim();
	return createHmac('sha256', key).update(`change notifications to ${endpoint}`).digest('base64url');
}

/** Compares in a time that tells nothing about where the two differ. */
export function isClientState(given: unknown, expected: string): boolean {
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));
}

/** Tells client states apart without giving them away: the service does not say which one a subscription has. */
export function markOf(clientState: string): string {
	return digest(clientState).toString('hex').slice(0, 12);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
