import type { CompanySubscription } from '@microsoft/microsoft-graph-types';
import type { LicenceSubscription } from '../../../model/licence';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type Reading } from '../transport/reading';

export const COMPANY_SUBSCRIPTIONS: Reading = {
	what: 'the renewal dates of the subscriptions',
	permission: 'Organization.Read.All',
	alsoBy: ['Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 1,
};

export const RENEWALS_FEATURE: Feature = {
	key: 'renewals',
	name: 'Read renewal dates',
	description: 'Licence → Get Many: renewal dates, trials and single purchases',
	required: false,
	reading: COMPANY_SUBSCRIPTIONS,
	probe: { address: '/directory/subscriptions?$select=id', expects: 'list' },
};

const SELECT = 'id,skuId,commerceSubscriptionId,status,totalLicenses,isTrial,createdDateTime,nextLifecycleDateTime';

/** A purchase with the SKU that it is of. */
export interface PurchasedSku extends LicenceSubscription {
	/** GUID, lower case; null: the service did not say. */
	skuId: string | null;
}

/** Every purchase of the tenant with its renewal or end: `GET /directory/subscriptions`. */
export async function companySubscriptions(client: GraphClient): Promise<PurchasedSku[]> {
	const raw = await collect(readPages<CompanySubscription>(client, { reading: COMPANY_SUBSCRIPTIONS, address: `/directory/subscriptions${query({ $select: SELECT })}` }));
	return raw
		.filter(({ id }) => id)
		.map((subscription) => ({
			id: subscription.id!.toLowerCase(),
			skuId: subscription.skuId?.toLowerCase() ?? null,
			commerceSubscriptionId: subscription.commerceSubscriptionId ?? null,
			status: subscription.status ?? null,
			totalLicences: subscription.totalLicenses ?? null,
			trial: subscription.isTrial ?? null,
			createdDateTime: subscription.createdDateTime ?? null,
			nextLifecycleDateTime: subscription.nextLifecycleDateTime ?? null,
		}));
}
