import type { IExecuteFunctions } from 'n8n-workflow';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { customerPages, type CustomerFilter, type SyncroCustomer } from '../../../../sync/target/syncro/customers';
import { connectSyncro } from '../../../connect/syncro';

/** Customers up to the limit, or the marker of an empty list. No page is read beyond the limit. */
export async function readCustomers(
	context: IExecuteFunctions,
	itemIndex: number,
	filter: CustomerFilter,
	limit: number,
): Promise<Array<SyncroCustomer | EmptyList>> {
	const client = await connectSyncro(context, itemIndex);
	const customers: SyncroCustomer[] = [];
	for await (const page of customerPages(client, filter, { signal: context.getExecutionCancelSignal() })) {
		customers.push(...page.slice(0, limit - customers.length));
		if (customers.length >= limit) break;
	}
	if (customers.length > 0) return customers;
	const note = filter.query ? 'No customer matches the search.' : 'The account has no customers.';
	return [{ kind: 'emptyList', list: 'customers', note, target: 'syncro', account: client.account }];
}
