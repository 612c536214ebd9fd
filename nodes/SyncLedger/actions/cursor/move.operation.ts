import type { IDataObject } from 'n8n-workflow';
import { openLedger } from '../../../connect/ledger';
import { executionIdOf } from '../../../executionId';
import type { Operation } from '../../../operation';
import { hint } from '../execution';
import { iso, orEmpty } from '../items';
import { cursorFilters, readCursorFilters } from './cursorParameters';

export const moveCursors: Operation = {
	value: 'move',
	name: 'Move',
	action: 'Move cursors',
	description: 'Say that the changes that this execution has read are carried out. Only for workflows without a run: Run → Finish does it by itself.',
	properties: [
		{
			displayName: 'Put this behind the last node that works with the changes: if the workflow fails before, the same changes come again.',
			name: 'moveNotice',
			type: 'notice',
			default: '',
		},
		{ displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, description: 'Which of the cursors that this execution has read from', options: cursorFilters },
	],
	async allItems() {
		const filter = readCursorFilters(this.getNodeParameter('filters', 0, {}) as Record<string, unknown>);
		const ledger = await openLedger(this);
		const { moved, overtaken } = await ledger.moveCursors(executionIdOf(this), filter);
		if (overtaken.length > 0) hint(this, `${overtaken.length} cursors stay where they are: another execution has read changes since, or they were forgotten.`);
		const items = moved.map(({ tenantId, resource, syncName, movedAt }) => ({ kind: 'cursor', tenantId, resource, syncName, movedAt: iso(movedAt) }));
		const note = 'This execution has read no changes whose cursor could be moved, or they were moved before.';
		return [orEmpty(items, 'cursors', note, filter.tenantId === undefined ? {} : { tenantId: filter.tenantId }).map((json) => ({ json: json as IDataObject, pairedItem: { item: 0 } }))];
	},
};
