import { SyncError } from '../../../model/syncError';
import type { EntraApp } from './entraApp';

/**
 * Microsoft's clouds, as administrators know them. Hosts: Graph documentation, `deployments`; of the admin center:
 * https://learn.microsoft.com/entra/fundamentals/faq (allow-list of its hosts).
 */
export type CloudName = 'global' | 'usGovL4' | 'usGovL5' | 'china';

export interface Cloud {
	name: CloudName;
	label: string;
	loginOrigin: string;
	graphOrigin: string;
	/** Origin of the Entra admin center. */
	adminCentre: string;
}

export const CLOUDS: Record<CloudName, Cloud> = {
	global: {
		name: 'global',
		label: 'Global (and GCC)',
		loginOrigin: 'https://login.microsoftonline.com',
		graphOrigin: 'https://graph.microsoft.com',
		adminCentre: 'https://entra.microsoft.com',
	},
	usGovL4: {
		name: 'usGovL4',
		label: 'US Government L4 (GCC High)',
		loginOrigin: 'https://login.microsoftonline.us',
		graphOrigin: 'https://graph.microsoft.us',
		adminCentre: 'https://entra.microsoft.us',
	},
	usGovL5: {
		name: 'usGovL5',
		label: 'US Government L5 (DoD)',
		loginOrigin: 'https://login.microsoftonline.us',
		graphOrigin: 'https://dod-graph.microsoft.us',
		adminCentre: 'https://entra.microsoft.us',
	},
	china: {
		name: 'china',
		label: 'China (21Vianet)',
		loginOrigin: 'https://login.partner.microsoftonline.cn',
		graphOrigin: 'https://microsoftgraph.chinacloudapi.cn',
		adminCentre: 'https://entra.microsoftonline.cn',
	},
};

/** Where to sign in, where Graph is, and what to ask the token for. */
export interface Endpoints {
	loginOrigin: string;
	/** The sign-in host is not one of Microsoft's, so its addresses have to be discovered. */
	ownLogin: boolean;
	graphOrigin: string;
	adminCentre: string;
	scope: string;
}

/**
 * The addresses for an app: its cloud's, or its own where it names them. The scope follows the cloud even with
 * an own Graph address, because the audience of a token is not the address that it is sent to.
 *
 * @throws SyncError (configuration) for an address that is not https
 */
export function endpointsOf(app: EntraApp): Endpoints {
	const cloud = CLOUDS[app.cloud];
	if (!cloud) {
		throw new SyncError(`The cloud "${String(app.cloud)}" is not known.`, {
			class: 'configuration',
			code: 'entra.cloudUnknown',
			remedy: `Choose one of: ${Object.values(CLOUDS).map(({ label }) => label).join(', ')}.`,
		});
	}
	const ownLogin = ownOrigin(app.loginAddress, 'login');
	const ownGraph = ownOrigin(app.graphAddress, 'Graph');
	return {
		loginOrigin: ownLogin ?? cloud.loginOrigin,
		ownLogin: ownLogin !== undefined && !Object.values(CLOUDS).some(({ loginOrigin }) => loginOrigin === ownLogin),
		graphOrigin: ownGraph ?? cloud.graphOrigin,
		adminCentre: cloud.adminCentre,
		scope: `${cloud.graphOrigin}/.default`,
	};
}

function ownOrigin(address: string | undefined, what: string): string | undefined {
	const text = address?.trim();
	if (!text) return undefined;
	const url = URL.parse(text);
	if (url?.protocol === 'https:') return url.origin;
	throw new SyncError(`The ${what} address "${text}" is not an https address.`, {
		class: 'configuration',
		code: 'entra.addressNotHttps',
		remedy: `Write it as https://host or https://host:port in the credential, or leave it empty to use Microsoft's own.`,
	});
}
