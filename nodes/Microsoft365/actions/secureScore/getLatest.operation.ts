import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { SECURE_SCORE_PROPERTIES, secureScores } from '../../../../sync/source/graph/read/secureScores';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { noScore } from './noScore';

export const getLatestSecureScore: Operation = {
	value: 'getLatest',
	name: 'Get Latest',
	action: 'Get the latest secure score',
	description: 'Get the newest Microsoft Secure Score of a tenant, and what others reach',
	properties: [tenantParameter, propertiesParameter(SECURE_SCORE_PROPERTIES, 'the tenant')],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const days = await secureScores(client, 1);
		if (days.length === 0) return [noScore(tenantId)];
		return onlyChosen(days.map(({ score }) => score), SECURE_SCORE_PROPERTIES, propertiesOfItem(this, itemIndex, SECURE_SCORE_PROPERTIES));
	},
};
