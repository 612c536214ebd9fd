import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { customerPages } from '../../../sync/target/syncro/customers';
import { connectSyncro } from '../../connect/syncro';
import { toNodeError } from '../../errors';

/** A list in the editor that is longer than this is searched, not scrolled. */
const LONGEST_LIST = 1000;

/** Customers for the list in the editor, by name. */
export async function searchCustomers(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	try {
		const client = await connectSyncro(this);
		const results: INodeListSearchResult['results'] = [];
		for await (const page of customerPages(client, { query: filter?.trim() })) {
			results.push(...page.map(({ name, customerId }) => ({ name, value: customerId })));
			if (results.length >= LONGEST_LIST) break;
		}
		return { results: results.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
