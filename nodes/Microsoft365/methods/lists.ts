import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { customersOf } from '../../../sync/source/graph/partner/customers';
import { groupPage } from '../../../sync/source/graph/read/groups';
import { knownLicences, licenceNames } from '../../../sync/source/graph/read/licenceNames';
import { organization } from '../../../sync/source/graph/read/organization';
import { subscribedSkus } from '../../../sync/source/graph/read/subscribedSkus';
import { optional } from '../../../sync/source/graph/transport/optional';
import { graphForList } from '../../connect/entra';
import { toNodeError } from '../../errors';

/** The subscriptions of the tenant that people can hold. */
export async function getSubscribedSkus(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const [skus, names] = await Promise.all([subscribedSkus(await graphForList(this, tenantOfPanel(this))), licenceNames()]);
		return skus
			.filter(({ appliesTo }) => appliesTo !== 'Company')
			.map(({ skuId, skuPartNumber, consumedUnits, enabledUnits }) => ({
				name: names(skuId, skuPartNumber).displayName,
				value: skuId,
				description: `${skuPartNumber}, ${consumedUnits} of ${enabledUnits} assigned`,
			}))
			.sort((a, b) => a.name.localeCompare(b.name, 'en'));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** Licences by the names that Microsoft publishes, whatever the tenant has: prices are for all tenants alike. */
export async function searchLicences(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const wanted = (filter ?? '').trim().toLowerCase();
	const found = (await knownLicences()).filter(({ displayName, skuPartNumber, skuId }) => [displayName, skuPartNumber, skuId].some((text) => text.toLowerCase().includes(wanted)));
	return { results: found.map(({ displayName, skuPartNumber, skuId }) => ({ name: `${displayName} (${skuPartNumber})`, value: skuId })) };
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

/** The credential's own tenant and, where it is a partner's, those of the customers that let it in or buy from it. */
export async function searchTenants(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	try {
		const client = await graphForList(this);
		const [own, read] = await Promise.all([organization(client), optional(async () => await customersOf(client, Date.now()))]);
		const customers = read.read ? read.value.customers : [];
		const wanted = (filter ?? '').trim().toLowerCase();
		const tenants = [
			{ name: `${own.displayName ?? own.tenantId} (own tenant)`, value: own.tenantId, description: own.defaultDomain ?? undefined },
			...customers.map(({ displayName, tenantId, defaultDomain }) => ({ name: displayName ?? tenantId, value: tenantId, description: defaultDomain ?? undefined })),
		];
		return { results: tenants.filter(({ name, value, description = '' }) => [name, value, description].some((text) => text.toLowerCase().includes(wanted))) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** An expression that needs an item has no value in the panel; the credential's tenant is shown then. */
function tenantOfPanel(context: ILoadOptionsFunctions): string | undefined {
	const tenant = context.getCurrentNodeParameter('tenant', { extractValue: true });
	return typeof tenant === 'string' && !tenant.startsWith('=') ? tenant : undefined;
}
