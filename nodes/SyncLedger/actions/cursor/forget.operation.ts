import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { wrongParameter } from '../pairingParameters';
import { cursorFilters, readCursorFilters } from './cursorParameters';

export const forgetCursors: Operation = {
	value: 'forget',
	name: 'Forget',
	action: 'Forget cursors',
	description: 'Let the next Get Changes read everything and compare it; nothing is lost by that but time',
	properties: [
		{
			displayName: 'Cursors',
			name: 'which',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'Of all tenants and syncs' },
				{ name: 'Those Chosen Below', value: 'chosen' },
			],
			default: 'chosen',
		},
		{
			displayName: 'Chosen By',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			displayOptions: { show: { which: ['chosen'] } },
			description: 'A cursor has to pass every filter',
			options: cursorFilters,
		},
	],
	async perItem(itemIndex) {
		const all = this.getNodeParameter('which', itemIndex) === 'all';
		const filter = all ? {} : readCursorFilters(this.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>);
		if (!all && Object.keys(filter).length === 0) {
			throw wrongParameter('No cursor is chosen.', 'Add a tenant, a sync or a kind of records under Chosen By, or choose All. If it is an expression, look whether the node it refers to gave an item.');
		}
		return [{ ...filter, forgotten: await (await openLedger(this, itemIndex)).forgetCursors(filter) }];
	},
};
