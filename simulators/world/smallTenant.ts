import { harborDeletedUsers, harborPeople, userId } from './smallTenantPeople';
import { harborApplications } from './smallTenantApplications';
import { harborDevices } from './smallTenantDevices';
import { DOMAIN, FLOW_FREE, GROUPS, HARBOR_TENANT_ID, INITIAL_DOMAIN, O365_BUSINESS_PREMIUM, SPB, SUBSCRIPTIONS } from './smallTenantIds';
import { FULL_CONSENT, SAMPLE_APPS } from './sampleApps';
import { BUSINESS_PLANS, PREMIUM_PLANS } from './servicePlans';
import { HARBOR_USER_SERVICES, harborServices } from './smallTenantServices';
import type { TenantSeed, UserSeed } from './types';

export * from './smallTenantIds';

/** Harbor Dental Group: a small practice whose eighteen accounts hold every awkward case of a real tenant. */
export function smallTenant(): TenantSeed {
	return {
		tenantId: HARBOR_TENANT_ID,
		displayName: 'Harbor Dental Group',
		features: { hasP1: true, hasIntune: true, hasExchange: true },
		domains: [{ id: DOMAIN, isDefault: true }, { id: INITIAL_DOMAIN, isInitial: true }],
		organization: {
			city: 'Portland',
			countryLetterCode: 'US',
			createdDateTime: '2019-04-02T08:11:37Z',
			postalCode: '97209',
			preferredLanguage: 'en',
			state: 'OR',
			street: '400 Pier Avenue',
			businessPhones: ['+1 (503) 555-0100'],
			technicalNotificationMails: ['it@harbordental.example'],
		},
		users: harborPeople().map(withServices),
		deletedUsers: harborDeletedUsers().map(withServices),
		services: harborServices(),
		devices: harborDevices(),
		applications: harborApplications(),
		skus: [
			{
				skuId: SPB,
				skuPartNumber: 'SPB',
				enabled: 15,
				subscriptions: [
					{
						id: SUBSCRIPTIONS.businessPremium, totalLicenses: 15,
						createdDateTime: '2024-02-01T00:00:00Z', nextLifecycleDateTime: '2027-02-01T00:00:00Z',
					},
					{
						id: SUBSCRIPTIONS.businessPremiumUnpaid, totalLicenses: 2, status: 'Warning',
						createdDateTime: '2025-11-01T00:00:00Z', nextLifecycleDateTime: '2026-12-01T00:00:00Z',
					},
				],
				servicePlans: [...BUSINESS_PLANS, ...PREMIUM_PLANS],
			},
			{
				skuId: O365_BUSINESS_PREMIUM,
				skuPartNumber: 'O365_BUSINESS_PREMIUM',
				enabled: 5,
				subscriptions: [
					{
						id: SUBSCRIPTIONS.businessStandardTrial, totalLicenses: 5, isTrial: true,
						createdDateTime: '2026-11-05T00:00:00Z', nextLifecycleDateTime: '2026-12-05T00:00:00Z',
					},
				],
				servicePlans: BUSINESS_PLANS,
			},
			{
				skuId: FLOW_FREE,
				skuPartNumber: 'FLOW_FREE',
				enabled: 10_000,
				servicePlans: [{ servicePlanId: '50e68c76-46c6-4674-81f9-75456511b170', servicePlanName: 'FLOW_P2_VIRAL' }],
			},
		],
		groups: [
			{
				id: GROUPS.allStaff,
				displayName: 'All Staff',
				description: 'Everybody on the payroll',
				groupTypes: ['Unified'],
				mail: 'all.staff@harbordental.example',
				mailNickname: 'all.staff',
				mailEnabled: true,
				securityEnabled: false,
				visibility: 'Private',
				createdDateTime: '2020-01-10T09:00:00Z',
				proxyAddresses: ['SMTP:all.staff@harbordental.example'],
				members: [
					...[1, 2, 3, 7, 13, 16, 17, 18].map((number) => ({ type: 'user' as const, id: userId(number) })),
					{ type: 'group', id: GROUPS.hygienists },
				],
			},
			{
				id: GROUPS.hygienists,
				displayName: 'Hygienists',
				groupTypes: [],
				mailEnabled: false,
				mailNickname: 'hygienists',
				securityEnabled: true,
				createdDateTime: '2020-01-10T09:05:00Z',
				owners: [{ type: 'user', id: userId(2) }],
				members: [4, 6, 15].map((number) => ({ type: 'user', id: userId(number) })),
			},
			{
				id: GROUPS.everyoneEnabled,
				displayName: 'Everyone enabled',
				groupTypes: ['DynamicMembership'],
				mailEnabled: false,
				mailNickname: 'everyone.enabled',
				securityEnabled: true,
				membershipRule: '(user.accountEnabled -eq true) and (user.userType -eq "Member")',
				membershipRuleProcessingState: 'On',
				createdDateTime: '2021-03-01T12:00:00Z',
				members: () =>
					harborPeople()
						.filter((person) => person.accountEnabled === true && person.userType === 'Member')
						.map((person) => ({ type: 'user', id: person.id })),
			},
			{
				id: GROUPS.itAdmins,
				displayName: 'IT Admins',
				groupTypes: [],
				mailEnabled: false,
				mailNickname: 'it.admins',
				securityEnabled: true,
				isAssignableToRole: true,
				createdDateTime: '2022-06-15T08:30:00Z',
				members: [{ type: 'user', id: userId(14) }],
			},
		],
		roles: [
			{
				id: 'c5a1d0de-1f6b-4c53-9a41-0d7e5b6f0001',
				displayName: 'Global Administrator',
				description: 'Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.',
				roleTemplateId: '62e90394-69f5-4237-9190-012177145e10',
				members: [{ type: 'user', id: userId(1) }],
			},
			{
				id: 'c5a1d0de-1f6b-4c53-9a41-0d7e5b6f0002',
				displayName: 'User Administrator',
				description: 'Can manage all aspects of users and groups, including resetting passwords for limited admins.',
				roleTemplateId: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
				members: [{ type: 'group', id: GROUPS.itAdmins }],
			},
		],
		servicePrincipals: [
			{ appId: SAMPLE_APPS.consented, objectId: 'e1b7f1a0-55c1-4d0e-8a52-000000000001', roles: FULL_CONSENT },
			{ appId: SAMPLE_APPS.withoutConsent, objectId: 'e1b7f1a0-55c1-4d0e-8a52-000000000002', roles: [] },
			{ appId: SAMPLE_APPS.usersOnly, objectId: 'e1b7f1a0-55c1-4d0e-8a52-000000000003', roles: ['User.Read.All'] },
			{ appId: SAMPLE_APPS.disabled, objectId: 'e1b7f1a0-55c1-4d0e-8a52-000000000004', roles: FULL_CONSENT, enabled: false },
			{ appId: SAMPLE_APPS.unknownToGraph, objectId: 'e1b7f1a0-55c1-4d0e-8a52-000000000005', roles: [], unknownToGraph: true },
		],
	};
}

function withServices(user: UserSeed): UserSeed {
	return { ...user, ...HARBOR_USER_SERVICES[user.id] };
}
