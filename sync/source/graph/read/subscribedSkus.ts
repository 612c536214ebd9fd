import type { SubscribedSku as GraphSku } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../transport/client';
import { query, type Reading } from '../transport/reading';

/** 3 units, less 1 for `$select`. */
export const SUBSCRIBED_SKUS: Reading = {
	what: 'the subscriptions',
	permission: 'LicenseAssignment.Read.All',
	alsoBy: ['LicenseAssignment.ReadWrite.All', 'Organization.Read.All', 'Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 2,
};

/** A subscription of the tenant. */
export interface SubscribedSku {
	/** GUID, lower case. */
	skuId: string;
	/** Microsoft's short name, for example SPE_E3. */
	skuPartNumber: string;
	/** Licences given to users. */
	consumedUnits: number;
	/** Licences that can be given. */
	enabledUnits: number;
}

/** What the tenant subscribes to for its users, by name: `GET /subscribedSkus`. */
export async function subscribedSkus(client: GraphClient): Promise<SubscribedSku[]> {
	const { value } = await client.read<{ value: GraphSku[] }>({
		reading: SUBSCRIBED_SKUS,
		address: `/subscribedSkus${query({ $select: 'skuId,skuPartNumber,consumedUnits,prepaidUnits,appliesTo' })}`,
		expects: 'list',
	});
	return value
		.filter(({ skuId, appliesTo }) => skuId && appliesTo !== 'Company')
		.map((sku) => ({
			skuId: sku.skuId!.toLowerCase(),
			skuPartNumber: sku.skuPartNumber ?? sku.skuId!,
			consumedUnits: sku.consumedUnits ?? 0,
			enabledUnits: sku.prepaidUnits?.enabled ?? 0,
		}))
		.sort((a, b) => a.skuPartNumber.localeCompare(b.skuPartNumber, 'en'));
}
