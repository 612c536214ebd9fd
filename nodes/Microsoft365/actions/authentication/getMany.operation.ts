import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { authentication } from '../../../../sync/source/graph/read/authentication';
import { MOST_PEOPLE } from '../../../../sync/source/graph/read/authenticationMethods';
import { AUTHENTICATION_PROPERTIES } from '../../../../sync/source/graph/read/registrationDetails';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getManyAuthentication: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many authentication statuses',
	description: 'Get MFA registration and methods of everybody who is enabled. What cannot be read is left out, never given as "not registered".',
	properties: [
		tenantParameter,
		{
			displayName: 'Without Entra ID P1',
			name: 'withoutPremium',
			type: 'options',
			options: [
				{ name: 'Ask Person by Person', value: 'each', description: `For up to ${MOST_PEOPLE} enabled members, at five in ten seconds; needs UserAuthenticationMethod.Read.All` },
				{ name: 'Treat as Not Licensed', value: 'refuse', description: 'Skipped or failed as chosen below' },
			],
			default: 'refuse',
			description: 'What to do in a tenant whose licence does not include the report of registered methods',
		},
		propertiesParameter(AUTHENTICATION_PROPERTIES, 'whose they are'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const statuses = await authentication(client, this.getNodeParameter('withoutPremium', itemIndex, 'refuse') as 'each' | 'refuse');
		if (statuses.length > 0) return onlyChosen(statuses, AUTHENTICATION_PROPERTIES, propertiesOfItem(this, itemIndex, AUTHENTICATION_PROPERTIES));
		const marker: EmptyList = { kind: 'emptyList', list: 'authentication', tenantId, note: 'The report was read to the end, and names nobody.' };
		return [marker];
	},
};
