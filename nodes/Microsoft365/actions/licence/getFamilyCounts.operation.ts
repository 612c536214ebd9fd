import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { licenceFamilyCounts } from '../../../../sync/source/graph/read/licenceFamilyCounts';
import { licenceNames } from '../../../../sync/source/graph/read/licenceNames';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { licenceFamiliesOfItem, licenceFamiliesParameter } from '../licenceFamilies';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getFamilyCounts: Operation = {
	value: 'getFamilyCounts',
	name: 'Get Family Counts',
	action: 'Get counts of licence families',
	description: 'Get how many people hold each licence family, for a bill: by the licences assigned to everybody, disabled people and guests included. A family that nobody holds counts 0.',
	properties: [
		tenantParameter,
		licenceFamiliesParameter,
		{
			displayName: 'Highest Family Only',
			name: 'highestOnly',
			type: 'boolean',
			default: true,
			description: 'Whether somebody with several families counts only at the highest, as a field does that shows one of them. Else once in each.',
		},
		{
			displayName: 'Include What Is in No Family',
			name: 'withoutFamily',
			type: 'boolean',
			default: false,
			description: 'Whether to count people with other licences that cost something, too, as a record without a family',
		},
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		return await licenceFamilyCounts(client, {
			families: licenceFamiliesOfItem(this, itemIndex),
			// A bill counts nobody twice unless that was chosen.
			highestOnly: this.getNodeParameter('highestOnly', itemIndex, true) !== false,
			withoutFamily: this.getNodeParameter('withoutFamily', itemIndex, false) === true ? await licenceNames() : undefined,
		});
	},
};
