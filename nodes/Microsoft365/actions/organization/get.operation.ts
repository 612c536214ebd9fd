import { ORGANIZATION_PROPERTIES, organization } from '../../../../sync/source/graph/read/organization';
import { connectGraph } from '../../../connect/entra';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getOrganization: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get the organization',
	description: 'Get name, ID, domains and address of a tenant',
	properties: [tenantParameter, propertiesParameter(ORGANIZATION_PROPERTIES, 'the tenant')],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		return onlyChosen([await organization(client)], ORGANIZATION_PROPERTIES, propertiesOfItem(this, itemIndex, ORGANIZATION_PROPERTIES));
	},
};
