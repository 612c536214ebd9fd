import type { SyncErrorClass } from '../../../model/syncError';
import type { PreparedCertificate } from './certificate';
import type { EntraApp } from './entraApp';

export interface SignInCircumstances {
	app: EntraApp;
	tenant: string;
	loginOrigin: string;
	/** When the app proves itself by certificate. */
	certificate?: PreparedCertificate;
	/** When it signs a partner's service account in. */
	account?: { name?: string };
}

/** A failed sign-in in words for people. */
export interface Explanation {
	class: SyncErrorClass;
	message: string;
	remedy: string;
	/** Trying again may help. */
	transient?: boolean;
}

/** What an explanation may be made of. */
export type ExplainedSignIn = SignInCircumstances & { consent: string; clientId: string };

export type Explain = (circumstances: ExplainedSignIn) => Explanation;

export const configuration = (message: string, remedy: string): Explanation => ({ class: 'configuration', message, remedy });
export const unavailable = (message: string): Explanation => ({
	class: 'unavailable',
	message,
	remedy: 'Microsoft’s sign-in service has trouble or limits requests. Run again later.',
	transient: true,
});
