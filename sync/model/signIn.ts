/** When somebody last signed in. Null: never, or not since April 2020, when Microsoft began to keep it. */
export interface SignInActivity {
	kind: 'signInActivity';
	/** GUID, lower case. */
	tenantId: string;
	/** Entra object id, lower case. */
	personId: string;
	/** In person, ISO 8601; a failed attempt counts as well. */
	lastSignIn: string | null;
	/** By an app on the person's behalf. */
	lastNonInteractiveSignIn: string | null;
	/** Either, and let in; Microsoft keeps it since December 2023. */
	lastSuccessfulSignIn: string | null;
	/** The newest of the three. */
	newest: string | null;
}

/**
 * When somebody was last let in. Where Microsoft keeps that, an attempt that failed does not count: whoever guesses
 * passwords at a leaver's account is not the leaver.
 */
export function lastLetIn({ lastSuccessfulSignIn, newest }: SignInActivity): string | null {
	return lastSuccessfulSignIn ?? newest;
}
