import type { IExecuteFunctions } from 'n8n-workflow';
import type { Customer } from '../../../../sync/model/customer';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { customersOf } from '../../../../sync/source/graph/partner/customers';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';

export const getManyCustomers: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many customers',
	description: 'Get the customers of a partner, one item per tenant: granular relationships (GDAP) with their ends, and contracts (CSP)',
	properties: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Access',
					name: 'access',
					type: 'options',
					options: [
						{ name: 'With an Active Relationship', value: 'active', description: 'Tenants that let the partner in now' },
						{ name: 'Without an Active Relationship', value: 'none', description: 'For example customers with a contract only' },
					],
					default: 'active',
					description: 'Only customers that let the partner in, or only the others',
				},
				{
					displayName: 'Ends Within (Days)',
					name: 'endsWithinDays',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 30,
					description: 'Only customers whose active relationship ends within so many days and does not extend itself',
				},
			],
		},
	],
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex);
		const { customers, skipped } = await customersOf(client, Date.now());
		for (const { message, remedy } of skipped) {
			this.addExecutionHints({ message: `Left out of the customers: ${message} ${remedy}`, type: 'warning', location: 'outputPane' });
		}
		const wanted = customers.filter(filterOf(this, itemIndex));
		if (wanted.length > 0) return wanted;
		const marker: EmptyList = { kind: 'emptyList', list: 'customers', tenantId, note: 'The customers were read to the end, and none passes the filters.' };
		return [marker];
	},
};

function filterOf(context: IExecuteFunctions, itemIndex: number): (customer: Customer) => boolean {
	const { access, endsWithinDays } = context.getNodeParameter('filters', itemIndex, {}) as { access?: 'active' | 'none'; endsWithinDays?: number };
	return ({ hasAccess, autoExtend, daysLeft }) =>
		(access === undefined || hasAccess === (access === 'active')) &&
		(endsWithinDays === undefined || (typeof daysLeft === 'number' && daysLeft <= endsWithinDays && autoExtend === false));
}
