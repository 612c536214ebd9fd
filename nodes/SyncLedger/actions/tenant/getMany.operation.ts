import { choice, wholeNumber } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { orEmpty } from '../items';
import { limitProperty } from '../limitProperty';
import { tenantItem } from './tenantParameters';

export const getManyTenants: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many tenants',
	description: 'List how tenants went of late: failures in a row, since when and why, and when they are tried again. The longest failing first.',
	properties: [
		limitProperty,
		{
			displayName: 'Which',
			name: 'which',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Failing', value: 'failing' },
				{ name: 'Not Failing', value: 'fine' },
			],
			default: 'failing',
			description: 'Only tenants of which a result was reported are known here',
		},
	],
	async perItem(itemIndex) {
		const which = choice(this.getNodeParameter('which', itemIndex), 'Which', ['all', 'failing', 'fine']);
		const limit = wholeNumber(this.getNodeParameter('limit', itemIndex), 'Limit');
		const ledger = await openLedger(this, itemIndex);
		const states = await ledger.tenantStates(which === 'all' ? {} : { failing: which === 'failing' });
		return orEmpty(states.slice(0, limit).map(tenantItem), 'tenants', which === 'failing' ? 'No tenant is failing.' : 'No result of such a tenant was reported.');
	},
};
