import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../../sync/report/blocks';
import { wholeNumber } from '../../../checkedParameters';
import type { Operation } from '../../../operation';

const rowsParameter: INodeProperties = {
	displayName: 'Rows per Table',
	name: 'rows',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: ROWS,
	description: 'How many rows the tables show at most, so that the message stays readable; the numbers count everything',
};

/**
 * An operation that makes one report out of all items that arrive, those of many tenants together. It reads nothing.
 *
 * @param report gives the item
 */
export function reportOperation({ report, ...about }: Pick<Operation, 'value' | 'name' | 'action' | 'description'> & { report: (items: readonly unknown[], rows: number) => object }): Operation {
	return {
		...about,
		properties: [rowsParameter],
		async allItems() {
			const rows = wholeNumber(this.getNodeParameter('rows', 0, ROWS), rowsParameter.displayName);
			const made = report(
				this.getInputData().map(({ json }) => json),
				rows,
			);
			return await Promise.resolve([[{ json: made as IDataObject, pairedItem: this.getInputData().map((_, item) => ({ item })) }]]);
		},
	};
}
