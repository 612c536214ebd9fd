import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { DOMAIN_PROPERTIES, domains } from '../../../../sync/source/graph/read/domains';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getDomains: Operation = {
	value: 'getDomains',
	name: 'Get Domains',
	action: 'Get domains of an organization',
	description: 'Get the domains of a tenant: which one is the default, and which are federated',
	properties: [tenantParameter, propertiesParameter(DOMAIN_PROPERTIES, 'the name of the domain')],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		return orEmptyList(onlyChosen(await domains(client), DOMAIN_PROPERTIES, propertiesOfItem(this, itemIndex, DOMAIN_PROPERTIES)), 'domains', tenantId, 'The tenant was read to the end, and has no domains.');
	},
};
