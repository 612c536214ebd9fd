import { endpointsOf } from './clouds';
import { checkClientId, fingerprint, tenantInAddress, type EntraApp } from './entraApp';
import { requestToken, type SignInOptions } from './tokenRequest';
import { remembering, type TokenSource } from './tokenSource';

/**
 * Signs the app in to a tenant by itself, by client credentials through msal-node.
 *
 * @param tenantId GUID or domain
 */
export function signIn(app: EntraApp, tenantId: string, options: SignInOptions = {}): TokenSource {
	const tenant = tenantInAddress(tenantId);
	const clientId = checkClientId(app.clientId);
	const { loginOrigin, scope } = endpointsOf(app);
	const key = ['app', loginOrigin, scope, tenant, clientId, fingerprint(app)];
	return remembering(key, options, async (signal) => {
		const { token } = await requestToken(app, tenant, async (msal) => await msal.acquireTokenByClientCredential({ scopes: [scope], skipCache: true }), options, signal);
		return token;
	});
}
