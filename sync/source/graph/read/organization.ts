import type { Organization as GraphOrganization } from '@microsoft/microsoft-graph-types';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import { optional } from '../transport/optional';
import { query, type ReadableProperty, type Reading } from '../transport/reading';

export const ORGANIZATION: Reading = {
	what: 'the organisation',
	permission: 'Organization.Read.All',
	alsoBy: ['Organization.ReadWrite.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 1,
};

/** A tenant as an administrator recognises it. */
export interface Organization {
	kind: 'organization';
	/** GUID, lower case. */
	tenantId: string;
	displayName: string | null;
	/** The domain that new users get. */
	defaultDomain: string | null;
	/** The domain that the tenant was created with, `….onmicrosoft.com`. */
	initialDomain: string | null;
	domains: string[];
	/** Those whose passwords are kept by another identity provider; lower case. */
	federatedDomains: string[];
	street: string | null;
	city: string | null;
	state: string | null;
	postalCode: string | null;
	/** Two letters. */
	countryLetterCode: string | null;
	businessPhones: string[];
	createdDateTime: string | null;
	/** Whether users are synchronised from Active Directory; null: never were. */
	onPremisesSyncEnabled: boolean | null;
}

/** What can be chosen of an organisation; its id always comes along. */
export const ORGANIZATION_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'displayName', label: 'Display Name', description: 'Name of the organisation', byDefault: true },
	{ name: 'defaultDomain', label: 'Default Domain', description: 'The domain that new users get', byDefault: true },
	{ name: 'initialDomain', label: 'Initial Domain', description: 'The domain that the tenant was created with', byDefault: true },
	{ name: 'domains', label: 'Domains', description: 'Every verified domain', byDefault: true },
	{ name: 'federatedDomains', label: 'Federated Domains', description: 'Those whose passwords another identity provider keeps', byDefault: true },
	{ name: 'street', label: 'Street', description: 'Of its address', byDefault: true },
	{ name: 'city', label: 'City', description: 'Of its address', byDefault: true },
	{ name: 'state', label: 'State or Province', description: 'Of its address', byDefault: true },
	{ name: 'postalCode', label: 'Postal Code', description: 'Of its address', byDefault: true },
	{ name: 'countryLetterCode', label: 'Country or Region', description: 'Two letters', byDefault: true },
	{ name: 'businessPhones', label: 'Business Phones', description: 'Phone numbers of the organisation', byDefault: true },
	{ name: 'createdDateTime', label: 'Created', description: 'Moment at which the tenant was created', byDefault: true },
	{ name: 'onPremisesSyncEnabled', label: 'On-Premises Sync Enabled', description: 'True: users are synchronised from Active Directory; blank: never were', byDefault: true },
];

const SELECT = 'id,displayName,verifiedDomains,street,city,state,postalCode,countryLetterCode,businessPhones,createdDateTime,onPremisesSyncEnabled';

/** The tenant's own record: `GET /organization`. */
export async function organization(client: GraphClient): Promise<Organization> {
	const { value } = await client.read<{ value: GraphOrganization[] }>({
		reading: ORGANIZATION,
		address: `/organization${query({ $select: SELECT })}`,
		expects: 'list',
	});
	const raw = value[0];
	if (typeof raw?.id !== 'string') {
		throw new SyncError(`Could not read the organisation of tenant ${client.tenant}: Microsoft Graph answered with none.`, {
			class: 'unavailable',
			code: 'graph.recordWithoutId',
			remedy: 'Run again later. If it happens again, a proxy in between may change the answers.',
			tenantId: client.tenant,
		});
	}
	const domains = raw.verifiedDomains ?? [];
	return {
		kind: 'organization',
		tenantId: raw.id.toLowerCase(),
		displayName: raw.displayName ?? null,
		defaultDomain: domains.find(({ isDefault }) => isDefault)?.name ?? null,
		initialDomain: domains.find(({ isInitial }) => isInitial)?.name ?? null,
		domains: domains.flatMap(({ name }) => (name ? [name] : [])),
		federatedDomains: domains.flatMap(({ name, type }) => (name && type === 'Federated' ? [name.toLowerCase()] : [])),
		street: raw.street ?? null,
		city: raw.city ?? null,
		state: raw.state ?? null,
		postalCode: raw.postalCode ?? null,
		countryLetterCode: raw.countryLetterCode ?? null,
		businessPhones: raw.businessPhones ?? [],
		createdDateTime: raw.createdDateTime ?? null,
		onPremisesSyncEnabled: raw.onPremisesSyncEnabled ?? null,
	};
}

/** The tenant's GUID, by which records are kept: as given, else from the token, else from the organisation. */
export async function tenantGuidOf(client: GraphClient): Promise<string> {
	return (await client.tenantGuid()) ?? (await organization(client)).tenantId;
}

/** What people call the tenant, for texts; undefined where it has no name or the app may not read it. */
export async function tenantNameOf(client: GraphClient): Promise<string | undefined> {
	const read = await optional(async () => await organization(client));
	return read.read ? (read.value.displayName ?? undefined) : undefined;
}
