import type { IExecuteFunctions } from 'n8n-workflow';
import { GROUP_CHANGE_PROPERTIES, groupsSource } from '../../../../sync/source/graph/delta/groups';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { listOf } from '../../../checkedParameters';
import type { Operation } from '../../../operation';
import { changesNotice, changesOfItem, cursorOptions, MOVED_BY_HAND } from '../changes';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantParameter } from '../tenant';

export const getGroupChanges: Operation = {
	value: 'getChanges',
	name: 'Get Changes',
	action: 'Get changes of groups',
	description: 'Get the groups that changed since the last time, and who came and went',
	properties: [
		changesNotice(MOVED_BY_HAND),
		tenantParameter,
		{
			displayName: 'Membership',
			name: 'relations',
			type: 'multiOptions',
			options: [
				{ name: 'Members', value: 'members', description: 'Direct members of every type' },
				{ name: 'Owners', value: 'owners' },
			],
			default: ['members'],
			description: 'What to tell of a group besides its properties: the whole of it the first time ("members"), then who came and went ("membersAdded", "membersRemoved"); by object ID',
		},
		propertiesParameter(GROUP_CHANGE_PROPERTIES, 'the object ID, the kind and whether it is dynamic'),
		extraPropertiesOption('Entra’s groups', 'classification, theme', cursorOptions(MOVED_BY_HAND)),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		return await changesOfItem(this, itemIndex, { source: groupsSource(), properties: chosen(this, itemIndex), list: 'groups' });
	},
};

function chosen(context: IExecuteFunctions, itemIndex: number): string[] {
	const relations = listOf(context.getNodeParameter('relations', itemIndex, []));
	return [...propertiesOfItem(context, itemIndex, GROUP_CHANGE_PROPERTIES), ...extraPropertiesOfItem(context, itemIndex), ...relations];
}
