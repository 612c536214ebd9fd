import { FULL_CONSENT, SAMPLE_APPS } from './sampleApps';
import type { TenantSeed } from './types';
import { guidOf } from './random';

export const LABS_TENANT_ID = '8a41c7d2-95e0-4f3b-a6c8-2d9b4e7f1a02';
export const PIERVIEW_TENANT_ID = 'c07d52e8-1b36-4a9f-8e04-3fab5d6c7e03';

/** Harbor Labs: a second tenant, without P1, where the app has consent and where Ada of Harbor Dental is a guest. */
export function labsTenant(): TenantSeed {
	const domain = 'harborlabs.example';
	const person = (given: string, surname: string) => ({
		id: guidOf(`labs ${given} ${surname}`),
		displayName: `${given} ${surname}`,
		givenName: given,
		surname,
		userPrincipalName: `${given}.${surname}@${domain}`.toLowerCase(),
		mail: `${given}.${surname}@${domain}`.toLowerCase(),
		proxyAddresses: [`SMTP:${`${given}.${surname}@${domain}`.toLowerCase()}`],
		accountEnabled: true,
		userType: 'Member' as const,
		jobTitle: 'Lab Technician',
		mailboxKind: 'user' as const,
		createdDateTime: '2022-05-01T08:00:00Z',
	});
	return {
		tenantId: LABS_TENANT_ID,
		displayName: 'Harbor Labs',
		features: { hasP1: false, hasIntune: false, hasExchange: true },
		domains: [{ id: domain, isDefault: true }, { id: 'harborlabs.onmicrosoft.com', isInitial: true }],
		users: [
			person('Ida', 'Novak'),
			person('Raj', 'Mehta'),
			person('John', 'Smith'),
			{
				id: guidOf('labs guest ada'),
				displayName: 'Ada Brandt',
				givenName: 'Ada',
				surname: 'Brandt',
				userPrincipalName: 'ada.brandt_harbordental.example#EXT#@harborlabs.onmicrosoft.com',
				mail: 'ada.brandt@harbordental.example',
				proxyAddresses: ['SMTP:ada.brandt@harbordental.example'],
				accountEnabled: true,
				userType: 'Guest',
				externalUserState: 'Accepted',
				createdDateTime: '2023-01-09T10:00:00Z',
			},
		],
		servicePrincipals: [{ appId: SAMPLE_APPS.consented, objectId: guidOf('labs service principal'), roles: FULL_CONSENT }],
	};
}

/** Pier View Realty: a tenant in which nobody installed the app. */
export function pierViewTenant(): TenantSeed {
	return {
		tenantId: PIERVIEW_TENANT_ID,
		displayName: 'Pier View Realty',
		features: { hasP1: false, hasIntune: false, hasExchange: false },
		domains: [{ id: 'pierview.example', isDefault: true }, { id: 'pierview.onmicrosoft.com', isInitial: true }],
		users: [
			{
				id: guidOf('pier view owner'),
				displayName: 'Pia View',
				userPrincipalName: 'pia@pierview.example',
				mail: 'pia@pierview.example',
				accountEnabled: true,
				userType: 'Member',
			},
		],
	};
}
