/** What Syncro takes for an e-mail address. */
export function isEmail(text: string): boolean {
	return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}
