import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { reportSettings } from '../../../../sync/source/graph/read/reportSettings';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getReportSettings: Operation = {
	value: 'getReportSettings',
	name: 'Get Report Settings',
	action: 'Get report settings of an organization',
	description: 'Get whether the usage reports of a tenant conceal the names of people, and what to do about it',
	properties: [tenantParameter],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		return [await reportSettings(client)];
	},
};
