import type { Simulators } from '../../simulators/startAll';
import { HARBOR_TENANT_ID, PORTAL_KEY, SAMPLE_APPS, SYNCRO_SUBDOMAIN, SYNCRO_TOKEN, VALID_SECRET } from '../../simulators/world';

/** A credential as n8n stores it. */
export interface SampleCredential {
	type: string;
	name: string;
	data: Record<string, unknown>;
}

/** What the ledger calls the simulated client portal. */
export const PORTAL_ACCOUNT = 'portal';

/** What signs in to the simulators: the consented sample app, the Syncro account's full token, the portal's key, a ledger file. */
export function sampleCredentials(simulators: Simulators, ledgerFile: string): SampleCredential[] {
	return [
		{
			type: 'entraAppApi',
			name: 'Entra App (simulated)',
			data: {
				tenantId: HARBOR_TENANT_ID,
				clientId: SAMPLE_APPS.consented,
				authentication: 'clientSecret',
				clientSecret: VALID_SECRET,
				cloud: 'global',
				advanced: true,
				loginAddress: simulators.microsoft.login.origin,
				graphAddress: simulators.microsoft.graph.origin,
				caCertificate: simulators.ca,
			},
		},
		{
			type: 'syncroTokenApi',
			name: 'Syncro (simulated)',
			data: { subdomain: SYNCRO_SUBDOMAIN, apiToken: SYNCRO_TOKEN, addressOverride: simulators.syncro.origin, ca: simulators.ca },
		},
		{
			type: 'httpTargetApi',
			name: 'Client Portal (simulated)',
			data: { baseAddress: simulators.portal.origin, headerName: 'Authorization', headerSecret: `Bearer ${PORTAL_KEY}`, testPath: '/users', accountName: PORTAL_ACCOUNT, requestsPerMinute: 100, ca: simulators.ca },
		},
		{ type: 'syncLedgerApi', name: 'Sync Ledger', data: { type: 'sqlite', path: ledgerFile } },
	];
}

/** Values for the Settings node of every template, as far as it has them: Harbor Dental and its Syncro customer. */
export const SAMPLE_SETTINGS: Readonly<Record<string, unknown>> = {
	tenantId: HARBOR_TENANT_ID,
	account: SYNCRO_SUBDOMAIN,
	customerId: '101',
};
