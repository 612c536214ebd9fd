import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { companySubscriptions } from '../../../../sync/source/graph/read/companySubscriptions';
import { LICENCE_PROPERTIES, licencesOf, needsSubscriptions } from '../../../../sync/source/graph/read/licences';
import { subscribedSkus } from '../../../../sync/source/graph/read/subscribedSkus';
import { connectGraph } from '../../../connect/entra';
import { optionalPart, type Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { namesOfItem, ownNamesParameter } from './parameters';

export const getManyLicences: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many licences',
	description: 'Get what a tenant subscribes to, with names, numbers and renewal dates',
	properties: [
		tenantParameter,
		{
			displayName: 'Leave Out Free Licences',
			name: 'withoutFree',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out what costs nothing, such as Microsoft Power Automate Free',
		},
		propertiesParameter(LICENCE_PROPERTIES, 'the ID of the SKU'),
		{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: [ownNamesParameter] },
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const chosen = propertiesOfItem(this, itemIndex, LICENCE_PROPERTIES);
		const names = await namesOfItem(this, itemIndex);
		const [skus, purchased] = await Promise.all([
			subscribedSkus(client),
			needsSubscriptions(chosen) ? optionalPart(this, itemIndex, async () => await companySubscriptions(client)) : undefined,
		]);
		const all = licencesOf(tenantId, skus, purchased?.read ? purchased.value : undefined, names);
		const given = this.getNodeParameter('withoutFree', itemIndex, false) ? all.filter(({ free }) => !free) : all;
		const notice = purchased && !purchased.read ? [purchased.skipped] : [];
		if (given.length > 0) return [...onlyChosen(given, LICENCE_PROPERTIES, chosen), ...notice];
		const marker: EmptyList = { kind: 'emptyList', list: 'licences', tenantId, note: 'The tenant was read to the end, and subscribes to nothing that is asked for.' };
		return [marker, ...notice];
	},
};
