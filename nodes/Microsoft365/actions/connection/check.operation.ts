import { checkFeatures } from '../../../../sync/source/graph/features';
import { graphClient } from '../../../../sync/source/graph/transport/client';
import { identityOf, IMPATIENT } from '../../../connect/entra';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

export const checkConnection: Operation = {
	value: 'check',
	name: 'Check',
	action: 'Check a connection',
	description: 'List what the app may do in a tenant: one item per feature, with the permission it needs and what to do where it lacks',
	properties: [tenantParameter],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const client = graphClient({ ...(await identityOf(this, itemIndex)), tenantId: tenantOfItem(this, itemIndex), signal: this.getExecutionCancelSignal(), ...IMPATIENT });
		return await checkFeatures(client);
	},
};
