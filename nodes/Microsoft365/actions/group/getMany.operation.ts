import type { IExecuteFunctions } from 'n8n-workflow';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { GROUP_KINDS } from '../../../../sync/model/group';
import type { GroupFilter } from '../../../../sync/source/graph/read/groupFilter';
import { GROUP_PROPERTIES } from '../../../../sync/source/graph/read/groupProperties';
import { groups } from '../../../../sync/source/graph/read/groups';
import { choice, listOf } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { limitOfItem, limitParameters } from '../limit';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getManyGroups: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many groups',
	description: 'Get the groups of a tenant; the whole list or an error, never a part of it',
	properties: [
		tenantParameter,
		...limitParameters,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: 'Every group read has to pass every filter',
			options: [
				{
					displayName: 'Kinds',
					name: 'kinds',
					type: 'multiOptions',
					options: [
						{ name: 'Distribution List', value: 'distribution' },
						{ name: 'Mail-Enabled Security Group', value: 'mailEnabledSecurity' },
						{ name: 'Microsoft 365 Group', value: 'microsoft365' },
						{ name: 'Security Group', value: 'security' },
					],
					default: [],
					description: 'Only groups of these kinds; none chosen: all kinds',
				},
				{
					displayName: 'Membership',
					name: 'membership',
					type: 'options',
					options: [
						{ name: 'Assigned', value: 'assigned', description: 'Somebody adds the members' },
						{ name: 'Dynamic', value: 'dynamic', description: 'A rule decides who belongs to it' },
					],
					default: 'dynamic',
					description: 'Only groups whose members come about in this way',
				},
				{
					displayName: 'Name Begins With',
					name: 'nameBegins',
					type: 'string',
					default: '',
					placeholder: 'e.g. Sales',
					description: 'Only groups whose display name begins so; upper and lower case are alike',
				},
				{
					displayName: 'Synchronized From Active Directory',
					name: 'synced',
					type: 'boolean',
					default: true,
					description: 'Whether to read only groups that are synchronised, or (off) only those that are not',
				},
			],
		},
		propertiesParameter(GROUP_PROPERTIES, 'the object ID, the kind and whether it is dynamic'),
		extraPropertiesOption('Entra’s groups', 'classification, theme'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const found = await groups(client, {
			properties: [...propertiesOfItem(this, itemIndex, GROUP_PROPERTIES), ...extraPropertiesOfItem(this, itemIndex)],
			filter: filterOf(this, itemIndex),
			limit: limitOfItem(this, itemIndex),
		});
		return orEmptyList(found, 'groups', tenantId, 'The tenant was read to the end, and no group in it passes the filters.');
	},
};

function filterOf(context: IExecuteFunctions, itemIndex: number): GroupFilter {
	const { kinds, membership, nameBegins, synced } = context.getNodeParameter('filters', itemIndex, {}) as { kinds?: unknown; membership?: GroupFilter['membership']; nameBegins?: unknown; synced?: boolean };
	return { kinds: listOf(kinds).map((kind) => choice(kind, 'Kinds', GROUP_KINDS)), membership, nameBegins: String(nameBegins ?? ''), synced };
}
