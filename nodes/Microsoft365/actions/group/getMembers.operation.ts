import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { MEMBER_PROPERTIES, members } from '../../../../sync/source/graph/read/groupMembers';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { limitOfItem, limitParameters } from '../limit';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { groupOfItem, groupParameter } from './groupParameter';

export const getGroupMembers: Operation = {
	value: 'getMembers',
	name: 'Get Members',
	action: 'Get members of a group',
	description: 'Get who belongs to a group: one item per member; the whole list or an error, never a part of it',
	properties: [
		tenantParameter,
		groupParameter('The group whose members are read'),
		{
			displayName: 'Include Nested Groups',
			name: 'nestedGroups',
			type: 'boolean',
			default: false,
			description: 'Whether members of groups in that group count as well, each once',
		},
		{
			displayName: 'Member Types',
			name: 'memberTypes',
			type: 'options',
			options: [
				{ name: 'All Types', value: 'all', description: 'Users, groups, devices, contacts and service principals' },
				{ name: 'Users Only', value: 'users' },
			],
			default: 'all',
			description: 'Which members to read',
		},
		...limitParameters,
		propertiesParameter(MEMBER_PROPERTIES, 'the object ID and the type'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const groupId = groupOfItem(this, itemIndex);
		const found = await members(client, {
			groupId,
			nested: this.getNodeParameter('nestedGroups', itemIndex, false) as boolean,
			usersOnly: this.getNodeParameter('memberTypes', itemIndex, 'all') === 'users',
			properties: propertiesOfItem(this, itemIndex, MEMBER_PROPERTIES),
			limit: limitOfItem(this, itemIndex),
		});
		return orEmptyList(found, 'members', tenantId, `The group ${groupId} was read to the end, and has no such members.`);
	},
};
