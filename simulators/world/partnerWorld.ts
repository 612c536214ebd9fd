import { labsTenant, pierViewTenant } from './otherTenants';
import { partnerCustomers } from './partnerCustomers';
import { DELEGATED_CONSENT, PARTNER_APP_ID, PARTNER_DOMAIN, PARTNER_GROUPS, PARTNER_REDIRECT_URI, PARTNER_SERVICE_USER, PARTNER_TENANT_ID } from './partnerIds';
import { RESOURCE_APPS } from './delegatedConsent';
import { guidOf } from './random';
import { sampleApps, VALID_SECRET, VALID_SECRET_ID } from './sampleApps';
import { smallTenant } from './smallTenant';
import type { AppSeed, GroupSeed, TenantSeed, UserSeed } from './types';
import { World } from './world';

export interface PartnerWorldOptions {
	/** Relationships count from here, milliseconds since 1970. Default: now. */
	now?: number;
	/** PEM certificates to register for the consented sample app and the partner's app. */
	certificates?: readonly string[];
}

/**
 * The small world, and beside it a managed service provider: Breakwater IT with its eight customers, each with another
 * gap in what the partner needs (`CUSTOMERS`).
 */
export function partnerWorld(options: PartnerWorldOptions = {}): World {
	const { relationships, contracts, tenants } = partnerCustomers(options.now ?? Date.now());
	return new World({
		tenants: [
			smallTenant(),
			labsTenant(),
			pierViewTenant(),
			partnerTenant({ relationships, contracts, adminAgentsGroupId: PARTNER_GROUPS.adminAgents }),
			...tenants,
		],
		apps: [...sampleApps(options.certificates), partnerApp(options.certificates ?? [])],
	});
}

function partnerApp(certificates: readonly string[]): AppSeed {
	return {
		appId: PARTNER_APP_ID,
		displayName: 'Breakwater Sync',
		secrets: [{ keyId: VALID_SECRET_ID, value: VALID_SECRET, endDateTime: '2099-12-31T00:00:00Z' }],
		certificates,
		redirectUris: [PARTNER_REDIRECT_URI],
	};
}

function partnerTenant(partner: NonNullable<TenantSeed['partner']>): TenantSeed {
	const serviceUser = person('N8n', 'Service', PARTNER_SERVICE_USER);
	const technician = person('Tess', 'Okafor', `tess.okafor@${PARTNER_DOMAIN}`);
	return {
		tenantId: PARTNER_TENANT_ID,
		displayName: 'Breakwater IT',
		features: { hasP1: true, hasIntune: false, hasExchange: true },
		domains: [{ id: PARTNER_DOMAIN, isDefault: true }, { id: 'breakwater.onmicrosoft.com', isInitial: true }],
		users: [serviceUser, technician],
		groups: [
			securityGroup(PARTNER_GROUPS.gdapReaders, 'GDAP Readers', [{ type: 'group', id: PARTNER_GROUPS.automation }]),
			securityGroup(PARTNER_GROUPS.automation, 'Automation', [{ type: 'user', id: serviceUser.id }]),
			securityGroup(PARTNER_GROUPS.adminAgents, 'AdminAgents', [{ type: 'user', id: serviceUser.id }]),
			securityGroup(PARTNER_GROUPS.helpdesk, 'GDAP Helpdesk', [{ type: 'user', id: technician.id }]),
		],
		servicePrincipals: [
			{
				appId: PARTNER_APP_ID,
				objectId: guidOf('breakwater service principal'),
				roles: ['DelegatedAdminRelationship.Read.All', 'Directory.Read.All'],
				delegatedGrants: [
					{ resourceAppId: RESOURCE_APPS.graph, scopes: [...DELEGATED_CONSENT, 'DelegatedAdminRelationship.Read.All'] },
					{ resourceAppId: RESOURCE_APPS.partnerCenter, scopes: ['user_impersonation'] },
				],
			},
		],
		partner,
	};
}

function person(givenName: string, surname: string, address: string): UserSeed {
	return {
		id: guidOf(`breakwater ${address}`),
		displayName: `${givenName} ${surname}`,
		givenName,
		surname,
		userPrincipalName: address,
		mail: address,
		proxyAddresses: [`SMTP:${address}`],
		accountEnabled: true,
		userType: 'Member',
		createdDateTime: '2023-06-01T08:00:00Z',
	};
}

function securityGroup(id: string, displayName: string, members: NonNullable<GroupSeed['members']>): GroupSeed {
	return {
		id,
		displayName,
		groupTypes: [],
		mailEnabled: false,
		mailNickname: displayName.toLowerCase().replaceAll(' ', '.'),
		securityEnabled: true,
		createdDateTime: '2023-06-01T08:00:00Z',
		members,
	};
}
