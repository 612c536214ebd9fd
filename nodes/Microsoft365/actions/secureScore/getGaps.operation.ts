import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { GAP_PROPERTIES, secureScoreGaps } from '../../../../sync/source/graph/read/secureScoreGaps';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { noScore } from './noScore';

export const getSecureScoreGaps: Operation = {
	value: 'getGaps',
	name: 'Get Control Gaps',
	action: 'Get control gaps of the secure score',
	description: 'Get the controls that could earn a tenant more points, the largest gap first, with what to do',
	properties: [
		tenantParameter,
		{
			displayName: 'Include Fulfilled Controls',
			name: 'complete',
			type: 'boolean',
			default: false,
			description: 'Whether to give controls without a gap, too',
		},
		propertiesParameter(GAP_PROPERTIES, 'the control with its title'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const gaps = await secureScoreGaps(client, this.getNodeParameter('complete', itemIndex, false) as boolean);
		if (gaps === undefined) return [noScore(tenantId)];
		if (gaps.length > 0) return onlyChosen(gaps, GAP_PROPERTIES, propertiesOfItem(this, itemIndex, GAP_PROPERTIES));
		const marker: EmptyList = { kind: 'emptyList', list: 'secureScores', tenantId, note: 'The controls were read to the end, and none has a gap.' };
		return [marker];
	},
};
