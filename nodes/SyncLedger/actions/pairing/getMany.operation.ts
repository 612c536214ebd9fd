import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { orEmpty, pairingItem } from '../items';
import { pairingFilters, readPairingFilters } from '../pairingParameters';

export const getManyPairings: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many pairings',
	description: 'List which tenant is paired with which customer, by name of the tenant',
	properties: [
		{ displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, options: pairingFilters },
	],
	async perItem(itemIndex) {
		const filter = readPairingFilters(this.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>);
		const ledger = await openLedger(this, itemIndex);
		const pairings = await ledger.listPairings(filter);
		return orEmpty(pairings.map(pairingItem), 'pairings', 'No pairing fits these filters.', filter);
	},
};
