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

/** What a tenant subscribes to, in sum: all its subscriptions of one SKU together. */
export interface SubscribedSku {
	/** GUID, lower case. */
	skuId: string;
	/** Microsoft's short name, for example SPE_E3. */
	skuPartNumber: string;
	/** Enabled, Warning, Suspended, Deleted or LockedOut. */
	capabilityStatus: string | null;
	/** `User` or `Company`. */
	appliesTo: string | null;
	/** Licences given to users. */
	consumedUnits: number;
	/** Licences that can be given. */
	enabledUnits: number;
	suspendedUnits: number;
	warningUnits: number;
	lockedOutUnits: number;
	/** The company subscriptions behind it, by their ids in lower case. */
	subscriptionIds: string[];
}

/** What the tenant subscribes to, by short name: `GET /subscribedSkus`. */
export async function subscribedSkus(client: GraphClient): Promise<SubscribedSku[]> {
	const { value } = await client.read<{ value: GraphSku[] }>({
		reading: SUBSCRIBED_SKUS,
		address: `/subscribedSkus${query({ $select: 'skuId,skuPartNumber,capabilityStatus,appliesTo,consumedUnits,prepaidUnits,subscriptionIds' })}`,
		expects: 'list',
	});
	return value
		.filter(({ skuId }) => skuId)
		.map((sku) => ({
			skuId: sku.skuId!.toLowerCase(),
			skuPartNumber: sku.skuPartNumber ?? sku.skuId!,
			capabilityStatus: sku.capabilityStatus ?? null,
			appliesTo: sku.appliesTo ?? null,
			consumedUnits: sku.consumedUnits ?? 0,
			enabledUnits: sku.prepaidUnits?.enabled ?? 0,
			suspendedUnits: sku.prepaidUnits?.suspended ?? 0,
			warningUnits: sku.prepaidUnits?.warning ?? 0,
			lockedOutUnits: sku.prepaidUnits?.lockedOut ?? 0,
			subscriptionIds: (sku.subscriptionIds ?? []).map((id) => id.toLowerCase()),
		}))
		.sort((a, b) => a.skuPartNumber.localeCompare(b.skuPartNumber, 'en'));
}
