import { SAMPLE_APPS, VALID_SECRET_ID } from './sampleApps';
import { APPLICATIONS, PEOPLE } from './smallTenantIds';
import type { ApplicationSeed } from './types';

export function harborApplications(): ApplicationSeed[] {
	return [
		{
			id: APPLICATIONS.entraSync, appId: SAMPLE_APPS.consented, displayName: 'Entra Sync', createdDateTime: '2025-01-08T09:00:00Z', signInAudience: 'AzureADMultipleOrgs',
			owners: [{ type: 'user', id: PEOPLE.ada }],
			passwordCredentials: [
				{ keyId: VALID_SECRET_ID, displayName: 'n8n', hint: 'sam', startDateTime: '2025-12-01T00:00:00Z', endDateTime: '2099-12-31T00:00:00Z' },
				{ keyId: '7e1f0000-1111-4aaa-8bbb-000000000002', displayName: 'n8n (old)', hint: 'sam', startDateTime: '2025-01-08T00:00:00Z', endDateTime: '2025-12-31T00:00:00Z' },
			],
		},
		{
			id: APPLICATIONS.bookingSite, appId: 'b1c2d3e4-f5a6-4b7c-8d9e-000000000002', displayName: 'Booking site', createdDateTime: '2024-12-05T10:00:00Z', signInAudience: 'AzureADMyOrg',
			owners: [{ type: 'user', id: PEOPLE.zoe }, { type: 'user', id: PEOPLE.guest }, { type: 'servicePrincipal', id: 'e1b7f1a0-55c1-4d0e-8a52-000000000001' }],
			keyCredentials: [
				{ keyId: 'd3e4f5a6-b7c8-4d9e-8f0a-000000000001', displayName: 'CN=booking', customKeyIdentifier: 'Gk5kP3o=', startDateTime: '2024-12-05T00:00:00Z', endDateTime: '2026-12-05T00:00:00Z' },
				{ keyId: 'd3e4f5a6-b7c8-4d9e-8f0a-000000000002', displayName: 'CN=booking', startDateTime: '2026-11-15T00:00:00Z', endDateTime: '2028-11-15T00:00:00Z' },
			],
		},
		{ id: APPLICATIONS.kioskApp, appId: 'b1c2d3e4-f5a6-4b7c-8d9e-000000000003', displayName: 'Kiosk', signInAudience: 'AzureADMyOrg' },
	];
}
