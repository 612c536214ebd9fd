import { FULL_CONSENT } from './sampleApps';

export const PARTNER_TENANT_ID = '3b6e9f14-27d8-4c5a-b0e1-9d4f7a2c6b10';
export const PARTNER_DOMAIN = 'breakwater.example';

/** The partner's own multi-tenant app: delegated sign-in, beside application permissions where a customer gave them. */
export const PARTNER_APP_ID = 'd3a1b5c7-0000-4e00-9000-000000000006';
/** n8n's own address for OAuth2; any port will do, as it does with Entra for localhost. */
export const PARTNER_REDIRECT_URI = 'http://localhost:5678/rest/oauth2-credential/callback';

/** The account that a person signs in with once, and n8n from then on. */
export const PARTNER_SERVICE_USER = `n8n.service@${PARTNER_DOMAIN}`;

export const PARTNER_GROUPS = {
	/** Holds the roles of nearly every customer; its only member is the group `automation`. */
	gdapReaders: '9d0c7b52-30f1-4a6e-8c12-000000000001',
	/** The service user is its member. */
	automation: '9d0c7b52-30f1-4a6e-8c12-000000000002',
	/** Admin agents of Partner Center. */
	adminAgents: '9d0c7b52-30f1-4a6e-8c12-000000000003',
	/** Holds roles as well; the service user is not in it. */
	helpdesk: '9d0c7b52-30f1-4a6e-8c12-000000000004',
} as const;

/** Tenant ids by what is the matter with each customer. */
export const CUSTOMERS = {
	/** Gull Bay Bakery: everything in order. */
	fine: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b01',
	/** Tidewater Legal: its relationship ends in 20 days, and nothing extends it. */
	expiring: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b02',
	/** Anchor Freight: the relationship is active, and no group holds its roles. */
	noGroup: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b03',
	/** Coral Clinic: the relationship lacks Reports Reader and Intune Administrator. */
	rolesMissing: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b04',
	/** Driftwood Design: nobody consented to the app. */
	noConsent: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b05',
	/** Mooring Credit Union: Conditional Access blocks users of service providers. */
	blocked: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b06',
	/** Kelp & Sons: consent for application permissions only. */
	appConsentOnly: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b07',
	/** Sandbar Surf School: bought through the partner, without any GDAP relationship. */
	contractOnly: '61d0a2b4-1c3e-4f5a-8b6c-7d8e9f0a1b08',
} as const;

/** Delegated permissions that the partner's app asks for in every tenant. */
export const DELEGATED_CONSENT = [
	...FULL_CONSENT,
	'User.Read',
	'Directory.Read.All',
	'Device.Read.All',
	'Application.Read.All',
	'Reports.Read.All',
	'SecurityEvents.Read.All',
	'DeviceManagementManagedDevices.Read.All',
] as const;
