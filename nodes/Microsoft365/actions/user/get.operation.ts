import { user } from '../../../../sync/source/graph/read/users';
import { connectGraph } from '../../../connect/entra';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';
import { chosenProperties, extraUserPropertiesOption, userFamiliesParameter, userOptionsOfItem, userPropertiesParameter } from './properties';

export const getUser: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a user',
	description: 'Get one person by object ID or user principal name',
	properties: [
		tenantParameter,
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ada@contoso.com',
			description: 'Object ID or user principal name',
		},
		userPropertiesParameter,
		userFamiliesParameter,
		extraUserPropertiesOption(),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const name = String(this.getNodeParameter('user', itemIndex) ?? '');
		return [await user(client, name, chosenProperties(this, itemIndex), userOptionsOfItem(this, itemIndex))];
	},
};
