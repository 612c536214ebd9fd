import type { Domain as GraphDomain } from '@microsoft/microsoft-graph-types';
import type { Domain } from '../../../model/domain';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type ReadableProperty, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';
import { idOf } from './projection';

export const DOMAINS: Reading = {
	what: 'domains',
	permission: 'Domain.Read.All',
	alsoBy: ['Domain.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	resourceUnits: 1,
};

export const DOMAINS_FEATURE: Feature = {
	key: 'domains',
	name: 'Read domains',
	description: 'Organization → Get Domains',
	required: false,
	reading: DOMAINS,
	probe: { address: '/domains?$select=id', expects: 'list' },
};

/** What can be chosen of a domain; its name always comes along. */
export const DOMAIN_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'authenticationType', label: 'Authentication', description: 'Managed, or Federated: another identity provider keeps the passwords', byDefault: true },
	{ name: 'isDefault', label: 'Default', description: 'Whether new users get it', byDefault: true },
	{ name: 'isInitial', label: 'Initial', description: 'Whether the tenant was created with it', byDefault: true },
	{ name: 'isVerified', label: 'Verified', description: 'Whether the tenant has proved that it owns it', byDefault: true },
	{ name: 'supportedServices', label: 'Services', description: 'For example Email or Intune', byDefault: true },
	{ name: 'passwordValidityDays', label: 'Password Validity (Days)', description: 'After how many days a password ends; blank: never', byDefault: true },
];

/** What Graph says of a password that never ends (2³¹ − 1 days). */
const NEVER = 2_147_483_647;

/** The tenant's domains: `GET /domains`. */
export async function domains(client: GraphClient): Promise<Domain[]> {
	const tenantId = await tenantGuidOf(client);
	const address = `/domains${query({ $select: 'id,authenticationType,isDefault,isInitial,isVerified,supportedServices,passwordValidityPeriodInDays' })}`;
	const raws = await collect(readPages<GraphDomain>(client, { reading: DOMAINS, address }));
	return raws.map((raw) => ({
		kind: 'domain',
		tenantId,
		name: idOf(raw as Record<string, unknown>, 'domains', client),
		authenticationType: raw.authenticationType === 'Managed' || raw.authenticationType === 'Federated' ? raw.authenticationType : null,
		isDefault: raw.isDefault === true,
		isInitial: raw.isInitial === true,
		isVerified: raw.isVerified === true,
		supportedServices: raw.supportedServices ?? [],
		...(typeof raw.passwordValidityPeriodInDays === 'number' ? { passwordValidityDays: raw.passwordValidityPeriodInDays === NEVER ? null : raw.passwordValidityPeriodInDays } : {}),
	}));
}
