import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ROWS } from '../sync/report/blocks';
import { wholeNumber } from './checkedParameters';

/** How long the tables of a report may get. */
export const rowsParameter: INodeProperties = {
	displayName: 'Rows per Table',
	name: 'rows',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: ROWS,
	description: 'How many rows the tables show at most, so that the message stays readable; the numbers count everything',
};

/** @throws SyncError (input) for what is no number */
export function rowsPerTable(context: IExecuteFunctions): number {
	return wholeNumber(context.getNodeParameter('rows', 0, ROWS), rowsParameter.displayName);
}
