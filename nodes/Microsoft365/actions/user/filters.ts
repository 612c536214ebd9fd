import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { UserFilter } from '../../../../sync/source/graph/read/userFilter';
import { choice, listOf, refuseEmptyExpression } from '../../../checkedParameters';

/** Which kinds of people and accounts. */
export const userTypeAndAccountParameters: INodeProperties[] = [
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
];

/** Filters that are evaluated of each person alone, for a collection named "filters". */
export const attributeFilters: INodeProperties[] = [
	{
		displayName: 'Department',
		name: 'department',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sales',
		description: 'Only people of this department, spelled as in Entra; upper and lower case are alike',
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
];

/** What the parameters above say. */
export function attributeFiltersOfItem(context: IExecuteFunctions, itemIndex: number): Pick<UserFilter, 'userType' | 'account' | 'licensedOnly' | 'anyOfSkuIds' | 'domains' | 'department'> {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as { department?: unknown; skuIds?: unknown; domains?: unknown; licensedOnly?: boolean };
	// A filter that gave nothing would let everybody through.
	for (const { name, displayName } of attributeFilters) refuseEmptyExpression(context.getNode(), ['filters', name], displayName, filters[name as keyof typeof filters]);
	return {
		userType: choice(context.getNodeParameter('userType', itemIndex, 'members'), 'User Type', ['members', 'guests', 'both']),
		account: choice(context.getNodeParameter('account', itemIndex, 'enabled'), 'Account', ['enabled', 'disabled', 'both']),
		licensedOnly: filters.licensedOnly,
		anyOfSkuIds: listOf(filters.skuIds),
		domains: listOf(filters.domains),
		department: String(filters.department ?? ''),
	};
}
