import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../../sync/model/syncError';
import type { LineFamily } from '../../../../sync/target/syncro/invoices/lineFamilies';
import { choice } from '../../../checkedParameters';

interface Row {
	family?: unknown;
	by?: unknown;
	name?: unknown;
	productId?: unknown;
}

/** Which lines bill a licence family without having its name. */
export const lineFamiliesParameter: INodeProperties = {
	displayName: 'Lines Under Another Name',
	name: 'lineFamilies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Line',
	default: {},
	description: 'A line bills the licence family whose name it has, whatever the case and spaces. List here the lines that bill a family under another name.',
	options: [
		{
			name: 'lines',
			displayName: 'Line',
			values: [
				{ displayName: 'Licence Family', name: 'family', type: 'string', default: '', placeholder: 'e.g. Microsoft 365 Business Premium', description: 'As Licence → Get Family Counts names it' },
				{
					displayName: 'Known By',
					name: 'by',
					type: 'options',
					options: [
						{ name: 'Name', value: 'name', description: 'The name of the line on the invoice' },
						{ name: 'Product ID', value: 'productId', description: 'The product of the line: the same for all customers' },
					],
					default: 'name',
				},
				{ displayName: 'Name of the Line', name: 'name', type: 'string', default: '', placeholder: 'e.g. M365 BP', displayOptions: { show: { by: ['name'] } } },
				{
					displayName: 'Product ID',
					name: 'productId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 123456',
					description: 'The number at the end of the product\'s address in Syncro, under Inventory',
					displayOptions: { show: { by: ['productId'] } },
				},
			],
		},
	],
};

/** @throws SyncError (input) for a row that leaves something empty */
export function lineFamiliesOfItem(context: IExecuteFunctions, itemIndex: number): LineFamily[] {
	const { lines = [] } = (context.getNodeParameter('lineFamilies', itemIndex, {}) ?? {}) as { lines?: Row[] };
	return lines.map((row) => {
		const by = choice(row.by ?? 'name', 'Known By', ['name', 'productId']);
		const family = textOf(row.family);
		const value = textOf(by === 'name' ? row.name : row.productId);
		if (family === '' || value === '') {
			throw new SyncError(`A row of ${lineFamiliesParameter.displayName} does not name ${family === '' ? 'its licence family' : 'its line'}.`, {
				class: 'input',
				code: 'parameter.lineFamilies',
				remedy: 'Fill in the row, or take it out of the list. Nothing was done.',
			});
		}
		return { family, by, value };
	});
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
