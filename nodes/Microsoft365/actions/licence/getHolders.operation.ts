import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { countHolders, holdersOf, licensedPeoplePages } from '../../../../sync/source/graph/read/licenceHolders';
import { subscribedSkus } from '../../../../sync/source/graph/read/subscribedSkus';
import { collect } from '../../../../sync/source/graph/transport/paging';
import { connectGraph } from '../../../connect/entra';
import { optionalPart, type Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';
import { namesOfItem, ownNamesParameter, skusOfItem, skusParameter } from './parameters';

export const getLicenceHolders: Operation = {
	value: 'getHolders',
	name: 'Get Holders',
	action: 'Get holders of licences',
	description: 'Get who holds which licence, given directly or by a group, disabled people and guests included',
	properties: [
		tenantParameter,
		{
			displayName: 'One Item For',
			name: 'itemFor',
			type: 'options',
			options: [
				{ name: 'Each Licence of a Person', value: 'holding' },
				{ name: 'Each Licence, Counted', value: 'count', description: 'How many people hold it, and how many of these are disabled or guests' },
				{ name: 'Each Person', value: 'person', description: 'With a list of licences' },
			],
			default: 'holding',
			description: 'How the licences are given',
		},
		skusParameter,
		{
			displayName: 'Leave Out Free Licences',
			name: 'withoutFree',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out what costs nothing, such as Microsoft Power Automate Free',
		},
		{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: [ownNamesParameter] },
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const names = await namesOfItem(this, itemIndex);
		const skus = await optionalPart(this, itemIndex, async () => await subscribedSkus(client));
		const people = await collect(
			licensedPeoplePages(client, {
				names,
				// Without them the short names stay unknown; who holds what is known all the same.
				skus: skus.read ? skus.value : [],
				anyOfSkuIds: skusOfItem(this, itemIndex),
				withoutFree: this.getNodeParameter('withoutFree', itemIndex, false) as boolean,
			}),
		);
		const notice = skus.read ? [] : [skus.skipped];
		if (people.length === 0) {
			const marker: EmptyList = { kind: 'emptyList', list: 'licences', tenantId, note: 'The tenant was read to the end, and nobody holds a licence that is asked for.' };
			return [marker, ...notice];
		}
		const itemFor = this.getNodeParameter('itemFor', itemIndex, 'holding');
		return [...(itemFor === 'person' ? people : itemFor === 'count' ? countHolders(people) : people.flatMap(holdersOf)), ...notice];
	},
};
