import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { groupPage } from '../../../sync/source/graph/read/groups';
import { subscribedSkus } from '../../../sync/source/graph/read/subscribedSkus';
import { graphForList } from '../../connect/entra';
import { toNodeError } from '../../errors';

/** The subscriptions of the tenant, by Microsoft's short names. */
export async function getSubscribedSkus(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const skus = await subscribedSkus(await graphForList(this, tenantOfPanel(this)));
		return skus.map(({ skuId, skuPartNumber, consumedUnits, enabledUnits }) => ({
			name: skuPartNumber,
			value: skuId,
			description: `${consumedUnits} of ${enabledUnits} assigned`,
		}));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** Groups whose name begins with the text. */
export async function searchGroups(this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown): Promise<INodeListSearchResult> {
	try {
		const client = await graphForList(this, tenantOfPanel(this));
		const { groups, next } = await groupPage(client, filter, typeof paginationToken === 'string' ? paginationToken : undefined);
		return {
			results: groups.map(({ id, displayName, description }) => ({ name: displayName, value: id, description: description ?? undefined })),
			paginationToken: next,
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** An expression that needs an item has no value in the panel; the credential's tenant is shown then. */
function tenantOfPanel(context: ILoadOptionsFunctions): string | undefined {
	const tenant = context.getCurrentNodeParameter('tenant', { extractValue: true });
	return typeof tenant === 'string' && !tenant.startsWith('=') ? tenant : undefined;
}
