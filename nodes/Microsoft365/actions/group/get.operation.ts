import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { GROUP_PROPERTIES } from '../../../../sync/source/graph/read/groupProperties';
import { group } from '../../../../sync/source/graph/read/groups';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { groupOfItem, groupParameter } from './groupParameter';

export const getGroup: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a group',
	description: 'Get one group by object ID',
	properties: [
		tenantParameter,
		groupParameter('The group to read'),
		propertiesParameter(GROUP_PROPERTIES, 'the object ID, the kind and whether it is dynamic'),
		extraPropertiesOption('Entra’s groups', 'classification, theme'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const properties = [...propertiesOfItem(this, itemIndex, GROUP_PROPERTIES), ...extraPropertiesOfItem(this, itemIndex)];
		return [await group(client, groupOfItem(this, itemIndex), properties)];
	},
};
