import type { IExecuteFunctions } from 'n8n-workflow';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { listRecords, type ListSettings, type Paging } from '../../../../sync/target/http/lists';
import { checkFields } from '../../../../sync/target/http/settings';
import { checkPlaceholders, fillPath } from '../../../../sync/target/http/template';
import { choice, wholeNumber } from '../../../checkedParameters';
import { connectHttpTarget } from '../../../connect/httpTarget';
import type { Operation } from '../../../operation';
import { oncePerQuestion } from '../../../Syncro/oncePerQuestion';
import { chosenRecords, customerIdProperty, placesProperty, readPlaces, recordsProperty, requiredText, textOf } from './parameters';

/**
 * Always the whole list: whoever matches against a part of it finds the people of the rest to be new, and creates
 * them a second time. So there is no limit here.
 */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many records',
	description: 'Get all records that the endpoint has of a customer',
	properties: [
		recordsProperty,
		customerIdProperty,
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /users?customer={customerId}',
			description: 'Continues the Base Address of the credential. {customerId} stands for the Customer ID: the endpoint has to leave out what other customers have, for the node cannot tell.',
		},
		{ displayName: 'List Field', name: 'listPath', type: 'string', default: '', placeholder: 'e.g. data.users', description: 'Where the answer has the list; keys within keys with dots between them. Empty: the answer is the list.' },
		{ displayName: 'ID Field', name: 'idPath', type: 'string', required: true, default: 'id', description: 'Key in which each row has its ID; keys within keys with dots between them' },
		placesProperty,
		{
			displayName: 'Pagination',
			name: 'paging',
			type: 'options',
			default: 'none',
			description: 'How the API tells where the next part of the list is',
			options: [
				{ name: 'Cursor', value: 'cursor', description: 'The answer has a value that goes into a query parameter of the next request' },
				{ name: 'Link', value: 'link', description: 'The answer has the address of the next page' },
				{ name: 'None', value: 'none', description: 'The whole list comes at once' },
				{ name: 'Page Number', value: 'number', description: 'A query parameter counts pages; the first empty one is the end' },
			],
		},
		{
			displayName: 'Page Parameter',
			name: 'pageParameter',
			type: 'string',
			required: true,
			default: 'page',
			description: 'Name of the query parameter',
			displayOptions: { show: { paging: ['number', 'cursor'] } },
		},
		{ displayName: 'First Page', name: 'firstPage', type: 'number', default: 1, typeOptions: { minValue: 0 }, description: 'The number of the first page', displayOptions: { show: { paging: ['number'] } } },
		{
			displayName: 'Next Page Field',
			name: 'nextPath',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. links.next',
			description: 'Where the answer has the address or the value for the next page; without it, the page is the last',
			displayOptions: { show: { paging: ['link', 'cursor'] } },
		},
	],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => ({ records: chosenRecords(this, itemIndex).name, customerId: requiredText(this, 'customerId', 'Customer ID', itemIndex), ...listSettings(this, itemIndex) }),
			async ({ records: target, customerId, path, ...list }, itemIndex) => {
				const client = await connectHttpTarget(this, itemIndex);
				const owner = { target, account: client.endpoint.account, customerId };
				const records = await listRecords(client, owner, chosenRecords(this, itemIndex), { ...list, path: fillPath(path, 'Path', () => customerId) }, { signal: this.getExecutionCancelSignal() });
				// Match refuses a part of the list.
				if (records.length > 0) return records.map((record) => ({ ...record, of: records.length }));
				const marker: EmptyList = { kind: 'emptyList', list: 'records', note: 'The endpoint has no records of this customer.', ...owner };
				return [marker];
			},
		);
	},
};

/** What the parameters say, the path still with its placeholder. */
function listSettings(context: IExecuteFunctions, itemIndex: number): ListSettings {
	const places = readPlaces(context, itemIndex);
	checkFields(places, chosenRecords(context, itemIndex));
	const path = requiredText(context, 'path', 'Path', itemIndex);
	checkPlaceholders(path, 'Path', new Set(['customerId']));
	return {
		path,
		listPath: textOf(context.getNodeParameter('listPath', itemIndex)),
		idPath: requiredText(context, 'idPath', 'ID Field', itemIndex),
		places,
		paging: readPaging(context, itemIndex),
	};
}

function readPaging(context: IExecuteFunctions, itemIndex: number): Paging {
	const by = choice(context.getNodeParameter('paging', itemIndex), 'Pagination', ['none', 'number', 'link', 'cursor']);
	const parameter = () => requiredText(context, 'pageParameter', 'Page Parameter', itemIndex);
	const path = () => requiredText(context, 'nextPath', 'Next Page Field', itemIndex);
	switch (by) {
		case 'none':
			return { by };
		case 'number':
			return { by, parameter: parameter(), first: wholeNumber(context.getNodeParameter('firstPage', itemIndex), 'First Page', 0) };
		case 'link':
			return { by, path: path() };
		case 'cursor':
			return { by, path: path(), parameter: parameter() };
	}
}
