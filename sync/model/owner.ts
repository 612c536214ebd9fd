/** Somebody (or an app) to whom a device is registered or an app registration belongs. Names are missing where the app may not read them. */
export interface Owner {
	id: string;
	displayName?: string | null;
	userPrincipalName?: string | null;
	mail?: string | null;
}
