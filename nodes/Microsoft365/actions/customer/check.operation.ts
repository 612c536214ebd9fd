import type { IExecuteFunctions } from 'n8n-workflow';
import type { Customer } from '../../../../sync/model/customer';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { SyncError } from '../../../../sync/model/syncError';
import { checkCustomers } from '../../../../sync/source/graph/partner/check';
import type { Partner } from '../../../../sync/source/graph/partner/consentFindings';
import { customersOf } from '../../../../sync/source/graph/partner/customers';
import { tenantGuidOf } from '../../../../sync/source/graph/read/organization';
import { graphClient } from '../../../../sync/source/graph/transport/client';
import { choice } from '../../../checkedParameters';
import { identityOf } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

export const checkCustomer: Operation = {
	value: 'check',
	name: 'Check',
	action: 'Check customers',
	description: 'Find out what a partner lacks in each customer: relationship, security group, roles, consent. One item per customer, with what to do.',
	properties: [
		{
			displayName: 'Customers',
			name: 'customers',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'What is common to all customers is read once' },
				{ name: 'One Tenant', value: 'one' },
			],
			default: 'all',
			description: 'Which customers to check. Authentication has to be Entra Partner (GDAP).',
		},
		{ ...tenantParameter, description: 'The tenant of the customer', displayOptions: { show: { customers: ['one'] } } },
	],
	async perItem(itemIndex) {
		const identity = await identityOf(this, itemIndex);
		if (!identity.account) throw notPartner();
		const partner: Partner = { app: identity.app, account: identity.account, signal: this.getExecutionCancelSignal() };
		const now = Date.now();
		const home = graphClient(partner);
		const { customers } = await customersOf(home, now);
		const chosen = choice(this.getNodeParameter('customers', itemIndex), 'Customers', ['all', 'one']) === 'all' ? customers : [await chosenCustomer(this, itemIndex, partner, customers)];
		if (chosen.length > 0) return await checkCustomers(partner, chosen, now);
		const marker: EmptyList = { kind: 'emptyList', list: 'customers', tenantId: await tenantGuidOf(home), note: 'The customers were read to the end, and there is none.' };
		return [marker];
	},
};

/** The customer that the tenant parameter names; one that the partner has nothing to do with yet is checked as well. */
async function chosenCustomer(context: IExecuteFunctions, itemIndex: number, partner: Partner, customers: readonly Customer[]): Promise<Customer> {
	const tenant = tenantOfItem(context, itemIndex).toLowerCase();
	if (tenant === '') {
		throw new SyncError('No customer is chosen.', { class: 'input', code: 'graph.noCustomer', remedy: 'Choose the tenant of the customer, or set Customers to All.' });
	}
	const known = customers.find(({ tenantId, defaultDomain }) => tenantId === tenant || defaultDomain?.toLowerCase() === tenant);
	if (known) return known;
	const client = graphClient({ ...partner, tenantId: tenant });
	const tenantId = await tenantGuidOf(client);
	const partnerTenantId = await tenantGuidOf(graphClient(partner));
	return customers.find((customer) => customer.tenantId === tenantId) ?? { kind: 'customer', tenantId, partnerTenantId, displayName: null, relationships: [] };
}

function notPartner(): SyncError {
	return new SyncError('Only a partner’s sign-in can be checked.', {
		class: 'configuration',
		code: 'entra.partnerNeeded',
		remedy: 'Set Authentication to Entra Partner (GDAP). What an Entra App may do tells Connection → Check.',
	});
}
