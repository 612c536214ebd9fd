import type { INodeExecutionData } from 'n8n-workflow';
import { describeMoment } from '../../../../sync/ledger/refusals';
import { isDue } from '../../../../sync/ledger/tenants';
import { isEmptyList } from '../../../../sync/model/emptyList';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { hint } from '../execution';
import { readTenantId, tenantIdParameter } from './tenantParameters';

export const getDueTenants: Operation = {
	value: 'getDue',
	name: 'Get Due',
	action: 'Get due tenants',
	description: 'Pass on the items whose tenant is due for a try; tenants that keep failing are held back ever longer, at most a day',
	properties: [tenantIdParameter],
	async allItems() {
		const items = this.getInputData();
		const ledger = await openLedger(this);
		const states = new Map((await ledger.tenantStates({ failing: true })).map((state) => [state.tenantId, state]));
		const now = Date.now();
		const held = new Map<string, string>();
		const due = items.flatMap((item, itemIndex): INodeExecutionData[] => {
			// The marker of an empty list says something about all tenants.
			if (!isEmptyList(item.json)) {
				const state = states.get(readTenantId(this, itemIndex));
				if (state && !isDue(state, now)) {
					held.set(state.tenantId, `${state.name ?? state.tenantId} until ${describeMoment(state.nextTryAt!)}`);
					return [];
				}
			}
			return [{ ...item, pairedItem: { item: itemIndex } }];
		});
		if (held.size > 0) hint(this, `Held back, because they keep failing: ${[...held.values()].slice(0, 10).join(', ')}${held.size > 10 ? ` and ${held.size - 10} more` : ''}. Tenant → Get Digest tells why.`);
		return [due];
	},
};
