import { RESOURCE_APPS } from './delegatedConsent';
import { CUSTOMERS, DELEGATED_CONSENT, PARTNER_APP_ID, PARTNER_GROUPS } from './partnerIds';
import type { ContractSeed, RelationshipSeed } from './partnerTypes';
import { guidOf } from './random';
import { ROLE_TEMPLATES } from './roleTemplates';
import { FULL_CONSENT } from './sampleApps';
import type { ServicePrincipalSeed, TenantSeed, UserSeed } from './types';

const DAY = 24 * 60 * 60_000;

const NEEDED_ROLES = [
	ROLE_TEMPLATES.globalReader,
	ROLE_TEMPLATES.reportsReader,
	ROLE_TEMPLATES.intuneAdministrator,
	ROLE_TEMPLATES.insightsBusinessLeader,
] as const;

/** One customer, told by how it differs from one where everything is in order. */
interface Customer {
	tenantId: string;
	name: string;
	/** Its domain without `.example`. */
	domain: string;
	/** False: none at all. */
	relationship?: Partial<RelationshipSeed> | false;
	/** Default: the readers hold every role of the relationship. */
	holders?: ReadonlyArray<{ groupId: string; roles: readonly string[] }>;
	/** Default: delegated consent. */
	consent?: 'delegated' | 'application' | 'both' | 'none';
	/** Bought something through the partner. Default true. */
	contract?: boolean;
	conditionalAccess?: TenantSeed['conditionalAccess'];
}

const samples = (now: number): Customer[] => [
	{ tenantId: CUSTOMERS.fine, name: 'Gull Bay Bakery', domain: 'gullbay', consent: 'both' },
	{
		tenantId: CUSTOMERS.expiring,
		name: 'Tidewater Legal',
		domain: 'tidewater',
		relationship: { autoExtendDuration: 'PT0S', endDateTime: iso(now + 20 * DAY) },
	},
	{
		tenantId: CUSTOMERS.noGroup,
		name: 'Anchor Freight',
		domain: 'anchorfreight',
		// The technicians' group does not help the service user.
		holders: [{ groupId: PARTNER_GROUPS.helpdesk, roles: [ROLE_TEMPLATES.globalReader] }],
	},
	{
		tenantId: CUSTOMERS.rolesMissing,
		name: 'Coral Clinic',
		domain: 'coralclinic',
		relationship: { roles: [ROLE_TEMPLATES.globalReader, ROLE_TEMPLATES.insightsBusinessLeader] },
	},
	{ tenantId: CUSTOMERS.noConsent, name: 'Driftwood Design', domain: 'driftwood', consent: 'none' },
	{ tenantId: CUSTOMERS.blocked, name: 'Mooring Credit Union', domain: 'mooring', conditionalAccess: 'block' },
	{ tenantId: CUSTOMERS.appConsentOnly, name: 'Kelp & Sons', domain: 'kelpandsons', consent: 'application', contract: false },
	{ tenantId: CUSTOMERS.contractOnly, name: 'Sandbar Surf School', domain: 'sandbarsurf', relationship: false },
];

/** The sample customers, and what the partner has with each. */
export function partnerCustomers(now: number): { tenants: TenantSeed[]; relationships: RelationshipSeed[]; contracts: ContractSeed[] } {
	const customers = samples(now);
	return {
		tenants: customers.map(tenantOf),
		relationships: customers.flatMap((customer) => (customer.relationship === false ? [] : [relationshipOf(customer, customer.relationship ?? {}, now)])),
		contracts: customers.filter((customer) => customer.contract !== false).map(contractOf),
	};
}

function tenantOf(customer: Customer): TenantSeed {
	const domain = `${customer.domain}.example`;
	const people = ['Mara Ellis', 'Jonas Vik', 'Priya Raman'].map((name) => person(name, domain));
	return {
		tenantId: customer.tenantId,
		displayName: customer.name,
		features: { hasP1: true, hasIntune: true, hasExchange: true },
		conditionalAccess: customer.conditionalAccess,
		domains: [{ id: domain, isDefault: true }, { id: `${customer.domain}.onmicrosoft.com`, isInitial: true }],
		users: people,
		groups: [
			{
				id: guidOf(`${domain} everybody`),
				displayName: 'Everybody',
				groupTypes: [],
				mailEnabled: false,
				mailNickname: 'everybody',
				securityEnabled: true,
				createdDateTime: '2023-02-01T09:00:00Z',
				members: people.map(({ id }) => ({ type: 'user', id })),
			},
		],
		servicePrincipals: installedApp(customer),
	};
}

function person(displayName: string, domain: string): UserSeed {
	const [givenName, surname] = displayName.split(' ');
	const address = `${givenName}.${surname}@${domain}`.toLowerCase();
	return {
		id: guidOf(address),
		displayName,
		givenName,
		surname,
		userPrincipalName: address,
		mail: address,
		proxyAddresses: [`SMTP:${address}`],
		accountEnabled: true,
		userType: 'Member',
		createdDateTime: '2023-02-01T08:00:00Z',
	};
}

function installedApp({ tenantId, consent = 'delegated' }: Customer): ServicePrincipalSeed[] {
	if (consent === 'none') return [];
	return [
		{
			appId: PARTNER_APP_ID,
			objectId: guidOf(`service principal ${tenantId} ${PARTNER_APP_ID}`),
			roles: consent === 'delegated' ? [] : FULL_CONSENT,
			delegatedGrants: consent === 'application' ? [] : [{ resourceAppId: RESOURCE_APPS.graph, scopes: DELEGATED_CONSENT }],
		},
	];
}

function relationshipOf(customer: Customer, differs: Partial<RelationshipSeed>, now: number): RelationshipSeed {
	const roles = differs.roles ?? NEEDED_ROLES;
	const holders = customer.holders ?? [{ groupId: PARTNER_GROUPS.gdapReaders, roles }];
	return {
		id: guidOf(`relationship ${customer.tenantId}`),
		displayName: `Breakwater ${customer.name}`,
		customerTenantId: customer.tenantId,
		customerName: customer.name,
		status: 'active',
		roles,
		duration: 'P730D',
		autoExtendDuration: 'P180D',
		createdDateTime: iso(now - 101 * DAY),
		activatedDateTime: iso(now - 100 * DAY),
		endDateTime: iso(now + 630 * DAY),
		assignments: holders.map((holder) => ({ id: guidOf(`assignment ${customer.tenantId} ${holder.groupId}`), ...holder })),
		...differs,
	};
}

function contractOf(customer: Customer): ContractSeed {
	return {
		id: guidOf(`contract ${customer.tenantId}`),
		customerTenantId: customer.tenantId,
		displayName: customer.name,
		defaultDomainName: `${customer.domain}.onmicrosoft.com`,
	};
}

function iso(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
