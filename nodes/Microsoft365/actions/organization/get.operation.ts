import { organization } from '../../../../sync/source/graph/read/organization';
import { connectGraph } from '../../../connect/entra';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getOrganization: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get the organization',
	description: 'Get name, ID, domains and address of a tenant',
	properties: [tenantParameter],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		return [await organization(client)];
	},
};
