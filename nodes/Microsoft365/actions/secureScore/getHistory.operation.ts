import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { MOST_DAYS, SECURE_SCORE_PROPERTIES, secureScores } from '../../../../sync/source/graph/read/secureScores';
import { wholeNumber } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { noScore } from './noScore';

export const getSecureScoreHistory: Operation = {
	value: 'getHistory',
	name: 'Get History',
	action: 'Get the history of the secure score',
	description: 'Get the Microsoft Secure Score of each of the last days, newest first',
	properties: [
		tenantParameter,
		{
			displayName: 'Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_DAYS },
			default: 30,
			description: `How many days; Microsoft keeps ${MOST_DAYS}`,
		},
		propertiesParameter(SECURE_SCORE_PROPERTIES, 'the tenant'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const days = await secureScores(client, wholeNumber(this.getNodeParameter('days', itemIndex, 30), 'Days'));
		if (days.length === 0) return [noScore(tenantId)];
		return onlyChosen(days.map(({ score }) => score), SECURE_SCORE_PROPERTIES, propertiesOfItem(this, itemIndex, SECURE_SCORE_PROPERTIES));
	},
};
