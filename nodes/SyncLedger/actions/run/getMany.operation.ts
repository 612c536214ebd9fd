import type { RunStatus } from '../../../../sync/ledger/ledger';
import { wholeNumber } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { orEmpty, runItem } from '../items';
import { limitProperty } from '../limitProperty';
import { pairingFilters, readPairingFilters } from '../pairingParameters';

export const getManyRuns: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many runs',
	description: 'List runs, newest first',
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
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Abandoned', value: 'abandoned', description: 'Its execution died; the next run closed it' },
						{ name: 'Failed', value: 'failed' },
						{ name: 'Held', value: 'held', description: 'Its plan waited for a decision' },
						{ name: 'Partial', value: 'partial', description: 'Some changes failed' },
						{ name: 'Previewed', value: 'previewed', description: 'Nothing was written' },
						{ name: 'Running', value: 'running' },
						{ name: 'Succeeded', value: 'succeeded' },
					],
					default: 'running',
					description: 'Only runs that ended like this',
				},
				...pairingFilters.slice(2),
			],
		},
	],
	async perItem(itemIndex) {
		const filters = this.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>;
		const limit = wholeNumber(this.getNodeParameter('limit', itemIndex), 'Limit');
		const pairing = readPairingFilters(filters);
		const ledger = await openLedger(this, itemIndex);
		const runs = await ledger.listRuns({ pairing, status: filters.status as RunStatus | undefined, limit });
		return orEmpty(runs.map(runItem), 'runs', 'No run fits these filters.', pairing);
	},
};
