import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../operation';
import { rowsParameter, rowsPerTable } from '../../../reportRows';

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
			const made = report(
				this.getInputData().map(({ json }) => json),
				rowsPerTable(this),
			);
			return await Promise.resolve([[{ json: made as IDataObject, pairedItem: this.getInputData().map((_, item) => ({ item })) }]]);
		},
	};
}
