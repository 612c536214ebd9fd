import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { UserFilter } from '../../../../sync/source/graph/read/userFilter';
import { users } from '../../../../sync/source/graph/read/users';
import { choice, refuseEmptyExpression } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { groupOfItem, groupParameter } from '../group/groupParameter';
import { limitOfItem, limitParameters } from '../limit';
import { tenantOfItem, tenantParameter } from '../tenant';
import { attributeFilters, attributeFiltersOfItem, userTypeAndAccountParameters } from './filters';
import { chosenProperties, extraUserPropertiesOption, userFamiliesParameter, userOptionsOfItem, userPropertiesParameter } from './properties';

const filterExpression: INodeProperties = {
	displayName: 'Filter Expression',
	name: 'expression',
	type: 'string',
	default: '',
	placeholder: "e.g. startswith(jobTitle,'Nurse')",
	description:
		'A $filter of Microsoft Graph, for everything else. <a href="https://learn.microsoft.com/graph/filter-query-parameter">Its language</a>. It is evaluated by an index that can lag minutes behind.',
};

const filterParameters: INodeProperties[] = [
	...userTypeAndAccountParameters,
	{
		displayName: 'People',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'All of the Tenant', value: 'tenant' },
			{ name: 'Members of a Group', value: 'group' },
		],
		default: 'tenant',
		description: 'Where to take the people from. A group needs the permission GroupMember.Read.All as well.',
	},
	groupParameter('The group whose members are read', { show: { scope: ['group'] } }),
	{
		displayName: 'Include Nested Groups',
		name: 'nestedGroups',
		type: 'boolean',
		default: true,
		displayOptions: { show: { scope: ['group'] } },
		description: 'Whether members of groups in that group count as well',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		description: 'Everybody read has to pass every filter',
		options: [...attributeFilters, filterExpression].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	},
];

export const getManyUsers: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Get the people of a tenant; the whole list or an error, never a part of it',
	properties: [
		tenantParameter,
		...limitParameters,
		...filterParameters,
		userPropertiesParameter,
		userFamiliesParameter,
		extraUserPropertiesOption(),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const people = await users(client, {
			properties: chosenProperties(this, itemIndex),
			filter: filterOf(this, itemIndex),
			limit: limitOfItem(this, itemIndex),
			...userOptionsOfItem(this, itemIndex),
		});
		return orEmptyList(people, 'people', tenantId, 'The tenant was read to the end, and nobody in it passes the filters.');
	},
};

function filterOf(context: IExecuteFunctions, itemIndex: number): UserFilter {
	const { expression } = context.getNodeParameter('filters', itemIndex, {}) as { expression?: unknown };
	refuseEmptyExpression(context.getNode(), ['filters', filterExpression.name], filterExpression.displayName, expression);
	const ofGroup = choice(context.getNodeParameter('scope', itemIndex, 'tenant'), 'People', ['tenant', 'group']) === 'group';
	return {
		...attributeFiltersOfItem(context, itemIndex),
		// An empty choice is not "the whole tenant": it is refused as not being an id.
		groupId: ofGroup ? groupOfItem(context, itemIndex) : undefined,
		nestedGroups: ofGroup && (context.getNodeParameter('nestedGroups', itemIndex, true) as boolean),
		expression: String(expression ?? ''),
	};
}
