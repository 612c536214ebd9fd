import { wholeNumber } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { iso, orEmpty } from '../items';
import { limitProperty } from '../limitProperty';
import { cursorFilters, readCursorFilters } from './cursorParameters';

export const getManyCursors: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many cursors',
	description: 'List how far the changes of each tenant were carried out, and how many people stand open',
	properties: [limitProperty, { displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, options: cursorFilters }],
	async perItem(itemIndex) {
		const filter = readCursorFilters(this.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>);
		const limit = wholeNumber(this.getNodeParameter('limit', itemIndex), 'Limit');
		const cursors = await (await openLedger(this, itemIndex)).listCursors({ ...filter, limit });
		const items = cursors.map(({ tenantId, resource, syncName, movedAt, open, softDeleted }) => ({ kind: 'cursor', tenantId, resource, syncName, movedAt: iso(movedAt), open, softDeleted }));
		return orEmpty(items, 'cursors', 'No cursor fits these filters.', filter.tenantId === undefined ? {} : { tenantId: filter.tenantId });
	},
};
