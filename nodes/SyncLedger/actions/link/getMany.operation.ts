import { wholeNumber } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { linkItem, orEmpty } from '../items';
import { limitProperty } from '../limitProperty';
import { pairingFilters, readPairingFilters, sourceIdOf } from '../pairingParameters';

export const getManyLinks: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many links',
	description: 'List which record belongs to which person, device and so on, newest first',
	properties: [
		limitProperty,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				...pairingFilters.slice(0, 2),
				{ displayName: 'Person or Other Source ID', name: 'sourceId', type: 'string', default: '', description: 'Only the links of the person with this Entra object ID, or of another record with this ID in Microsoft 365' },
				...pairingFilters.slice(2),
			],
		},
		{
			displayName: 'Include Values',
			name: 'includeValues',
			type: 'boolean',
			default: false,
			description: 'Whether to give what was last written to each record. These are personal data and are saved with the execution.',
		},
	],
	async perItem(itemIndex) {
		const filters = this.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>;
		const limit = wholeNumber(this.getNodeParameter('limit', itemIndex), 'Limit');
		const withValues = this.getNodeParameter('includeValues', itemIndex, false) as boolean;
		const pairing = readPairingFilters(filters);
		const sourceId = sourceIdOf(String(filters.sourceId ?? '').trim());
		const ledger = await openLedger(this, itemIndex);
		const links = await ledger.listLinks({ pairing, ...(sourceId === '' ? {} : { sourceId }), limit });
		return orEmpty(links.map((link) => linkItem(link, withValues)), 'links', 'No link fits these filters.', pairing);
	},
};
