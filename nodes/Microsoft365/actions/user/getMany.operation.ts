import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { UserFilter } from '../../../../sync/source/graph/read/userFilter';
import { users } from '../../../../sync/source/graph/read/users';
import { connectGraph } from '../../../connect/entra';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { listOf } from '../extraProperties';
import { groupOfItem, groupParameter } from '../group/groupParameter';
import { limitOfItem, limitParameters } from '../limit';
import { hintSkipped } from '../skipHint';
import { tenantOfItem, tenantParameter } from '../tenant';
import { chosenProperties, extraUserPropertiesOption, userPropertiesParameter } from './properties';

const filterParameters: INodeProperties[] = [
	{
		displayName: 'User Type',
		name: 'userType',
		type: 'options',
		options: [
			{ name: 'Guests', value: 'guests', description: 'People of other organisations who were invited' },
			{ name: 'Members', value: 'members', description: 'People of the organisation' },
			{ name: 'Members and Guests', value: 'both' },
		],
		default: 'members',
		description: 'Whether to read the people of the organisation, its guests, or both',
	},
	{
		displayName: 'Account',
		name: 'account',
		type: 'options',
		options: [
			{ name: 'Disabled', value: 'disabled', description: 'Sign-in is blocked: leavers, and most shared mailboxes' },
			{ name: 'Enabled', value: 'enabled', description: 'People who may sign in' },
			{ name: 'Enabled and Disabled', value: 'both' },
		],
		default: 'enabled',
		description: 'Whether to read accounts that may sign in, that may not, or both',
	},
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
		options: [
			{
				displayName: 'Department',
				name: 'department',
				type: 'string',
				default: '',
				placeholder: 'e.g. Sales',
				description: 'Only people of this department, spelled as in Entra; upper and lower case are alike',
			},
			{
				displayName: 'Filter Expression',
				name: 'expression',
				type: 'string',
				default: '',
				placeholder: "e.g. startswith(jobTitle,'Nurse')",
				description:
					'A $filter of Microsoft Graph, for everything else. <a href="https://learn.microsoft.com/graph/filter-query-parameter">Its language</a>. It is evaluated by an index that can lag minutes behind.',
			},
			{
				displayName: 'Holding Any of These Subscriptions',
				name: 'skuIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getSubscribedSkus' },
				default: [],
				description:
					'Only people with one of these licences. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'In Domains',
				name: 'domains',
				type: 'string',
				default: '',
				placeholder: 'e.g. contoso.com, contoso.co.uk',
				description: 'Only people whose e-mail address (else user principal name) is in one of these domains, separated by commas',
			},
			{
				displayName: 'Licensed Only',
				name: 'licensedOnly',
				type: 'boolean',
				default: true,
				description: 'Whether to leave out people without any licence',
			},
		],
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
		extraUserPropertiesOption,
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const people = await users(client, {
			properties: chosenProperties(this, itemIndex),
			filter: filterOf(this, itemIndex),
			limit: limitOfItem(this, itemIndex),
			onSkipped: hintSkipped(this),
		});
		return orEmptyList(people, 'people', tenantId, 'The tenant was read to the end, and nobody in it passes the filters.');
	},
};

function filterOf(context: IExecuteFunctions, itemIndex: number): UserFilter {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as {
		department?: string;
		expression?: string;
		skuIds?: string[];
		domains?: string;
		licensedOnly?: boolean;
	};
	const ofGroup = context.getNodeParameter('scope', itemIndex, 'tenant') === 'group';
	return {
		userType: context.getNodeParameter('userType', itemIndex, 'members') as UserFilter['userType'],
		account: context.getNodeParameter('account', itemIndex, 'enabled') as UserFilter['account'],
		licensedOnly: filters.licensedOnly,
		anyOfSkuIds: filters.skuIds,
		domains: listOf(filters.domains ?? ''),
		department: filters.department,
		// An empty choice is not "the whole tenant": it is refused as not being an id.
		groupId: ofGroup ? groupOfItem(context, itemIndex) : undefined,
		nestedGroups: ofGroup && (context.getNodeParameter('nestedGroups', itemIndex, true) as boolean),
		expression: filters.expression,
	};
}
