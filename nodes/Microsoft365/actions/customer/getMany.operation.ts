import type { Customer } from '../../../../sync/model/customer';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { SyncError } from '../../../../sync/model/syncError';
import { customersOf } from '../../../../sync/source/graph/partner/customers';
import type { Skipped } from '../../../../sync/source/graph/transport/optional';
import { choice, wholeNumber } from '../../../checkedParameters';
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
		const filters = filtersOf(this.getNodeParameter('filters', itemIndex, {}));
		if (Object.keys(filters).length > 0 && customers.some(({ hasAccess }) => hasAccess === undefined)) throw cannotFilter(skipped, tenantId);
		const wanted = customers.filter((customer) => passes(customer, filters));
		if (wanted.length > 0) return wanted;
		const marker: EmptyList = { kind: 'emptyList', list: 'customers', tenantId, note: 'The customers were read to the end, and none passes the filters.' };
		return [marker];
	},
};

interface Filters {
	access?: 'active' | 'none';
	endsWithinDays?: number;
}

function filtersOf(added: unknown): Filters {
	const { access, endsWithinDays } = added as Record<keyof Filters, unknown>;
	return {
		...(access === undefined ? {} : { access: choice(access, 'Access', ['active', 'none']) }),
		...(endsWithinDays === undefined ? {} : { endsWithinDays: wholeNumber(endsWithinDays, 'Ends Within (Days)') }),
	};
}

function passes({ hasAccess, autoExtend, daysLeft }: Customer, { access, endsWithinDays }: Filters): boolean {
	return (
		(access === undefined || hasAccess === (access === 'active')) &&
		(endsWithinDays === undefined || (typeof daysLeft === 'number' && daysLeft <= endsWithinDays && autoExtend === false))
	);
}

/** Unknown is not "no": without the relationships nobody can say who passes. */
function cannotFilter(skipped: readonly Skipped[], tenantId: string): SyncError {
	const told = skipped.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
	return new SyncError('The customers cannot be filtered, because their relationships could not be read.', { class: 'notPermitted', code: 'graph.relationshipsNotPermitted', remedy: `${told} Or take the filters out.`, tenantId });
}
