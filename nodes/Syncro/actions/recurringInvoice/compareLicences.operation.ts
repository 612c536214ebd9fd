import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nameKey } from '../../../../sync/match/keys';
import type { LicenceComparison } from '../../../../sync/model/licenceComparison';
import type { LicenceFamilyCount } from '../../../../sync/model/licenceFamilyCount';
import { SyncError } from '../../../../sync/model/syncError';
import { reportItems, type NotRead } from '../../../../sync/report/items';
import { licenceComparisonSummary } from '../../../../sync/report/licenceComparison';
import { allContacts } from '../../../../sync/target/syncro/contacts/contacts';
import { getCustomer } from '../../../../sync/target/syncro/customers';
import { compareLicences as compare, countsContacts } from '../../../../sync/target/syncro/invoices/compareLicences';
import { withFamilies } from '../../../../sync/target/syncro/invoices/lineFamilies';
import { allLines } from '../../../../sync/target/syncro/invoices/lines';
import { connectSyncro } from '../../../connect/syncro';
import { errorItem, failedItem, toNodeError } from '../../../errors';
import type { Operation } from '../../../operation';
import { rowsParameter, rowsPerTable } from '../../../reportRows';
import { chosenCustomer, customerLocator } from '../../customerLocator';
import { contactCounterParameters, contactCountersOfItem } from './contactCounters';
import { lineFamiliesOfItem, lineFamiliesParameter } from './lineFamilies';

export const compareLicences: Operation = {
	value: 'compareLicences',
	name: 'Compare Licences',
	action: 'Compare licences with recurring invoices',
	description: 'Compare how many people hold each licence family in Microsoft 365 with what the recurring invoices of the customer bill: one item per family, and one that sums them up. Writes nothing.',
	properties: [
		{
			displayName: 'Connect Licence → Get Family Counts of the Microsoft 365 node. The counts of several tenants may arrive together: Customer is asked for each item.',
			name: 'compareNotice',
			type: 'notice',
			default: '',
		},
		customerLocator,
		lineFamiliesParameter,
		...contactCounterParameters,
		rowsParameter,
	],
	async allItems() {
		const rows = rowsPerTable(this);
		const items = this.getInputData().map(({ json }) => json);
		const notRead: NotRead[] = reportItems(items, { kinds: ['licenceFamilyCount'], list: 'licenceFamilyCounts', reader: 'Licence → Get Family Counts' }).notRead;
		const comparisons: LicenceComparison[] = [];
		const output: INodeExecutionData[] = [];
		for (const [customerId, places] of customersOf(this, items)) {
			const [first] = places;
			try {
				const counts = places.map((place) => items[place] as unknown as LicenceFamilyCount);
				const found = await comparisonsOf(this, customerId, counts, first);
				comparisons.push(...found);
				// The families come first, in the order of their counts.
				for (const [index, json] of found.entries()) output.push({ json: json as unknown as IDataObject, pairedItem: { item: places[index] ?? first } });
			} catch (error) {
				if (!this.continueOnFail()) throw toNodeError(this.getNode(), error, first);
				const { error: message, remedy } = errorItem(error);
				notRead.push({ message, ...(remedy === undefined ? {} : { remedy }) });
				output.push(failedItem(this.getNode(), error, first));
			}
		}
		const summary = licenceComparisonSummary(comparisons, notRead, rows);
		output.push({ json: summary as unknown as IDataObject, pairedItem: items.map((_, item) => ({ item })) });
		return [output];
	},
};

/** The places of the counts among the items, by the customer whose invoices they belong to. */
function customersOf(context: IExecuteFunctions, items: readonly IDataObject[]): Map<string, number[]> {
	const customers = new Map<string, number[]>();
	items.forEach(({ kind }, place) => {
		// What could not be read is told in the summary: nothing can be compared with it.
		if (kind !== 'licenceFamilyCount') return;
		const customerId = chosenCustomer(context, place);
		customers.set(customerId, [...(customers.get(customerId) ?? []), place]);
	});
	return customers;
}

async function comparisonsOf(context: IExecuteFunctions, customerId: string, counts: readonly LicenceFamilyCount[], itemIndex: number): Promise<LicenceComparison[]> {
	const tenantId = onlyTenant(customerId, counts);
	const families = lineFamiliesOfItem(context, itemIndex);
	const counters = contactCountersOfItem(context, itemIndex);
	const client = await connectSyncro(context, itemIndex);
	const call = { signal: context.getExecutionCancelSignal() };
	const { account, name } = await getCustomer(client, customerId, call);
	const lines = withFamilies(await allLines(client, customerId, call), families);
	const contacts = countsContacts(lines) ? await allContacts(client, customerId, call) : [];
	return compare({ tenantId, customer: { account, customerId, customerName: name }, counts, lines, counters, contacts });
}

/** @throws SyncError (input) for the counts of several tenants, and for a family that came twice */
function onlyTenant(customerId: string, counts: readonly LicenceFamilyCount[]): string {
	const [{ tenantId }] = counts;
	if (counts.some((count) => count.tenantId !== tenantId)) {
		throw unsound(`The licence counts of several tenants arrived for the Syncro customer ${customerId}.`, 'Choose the customer of each tenant, for example by the pairings of the Sync Ledger.');
	}
	const seen = new Set<string>();
	for (const { family } of counts) {
		const key = nameKey(family);
		if (seen.has(key)) throw unsound(`The licence family "${family ?? 'of no family'}" arrived twice for the Syncro customer ${customerId}.`, 'Connect Licence → Get Family Counts with exactly one wire, and read each tenant once.');
		seen.add(key);
	}
	return tenantId;
}

function unsound(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: 'syncro.unsoundCounts', remedy: `${remedy} Nothing was compared.` });
}
