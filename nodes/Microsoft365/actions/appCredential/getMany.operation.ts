import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { APP_CREDENTIAL_PROPERTIES, appCredentials } from '../../../../sync/source/graph/read/appCredentials';
import { wholeNumber } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { limitOfItem, limitParameters } from '../limit';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';
import { appsParameter, ownOnlyOfItem } from './appsParameter';

export const getManyAppCredentials: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many app credentials',
	description: 'Get the secrets and certificates of app registrations with the days that are left; never a secret itself',
	properties: [
		tenantParameter,
		appsParameter,
		...limitParameters,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Ends Within (Days)',
					name: 'withinDays',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 30,
					description: 'Only those that end within so many days, or have ended already',
				},
			],
		},
		propertiesParameter(APP_CREDENTIAL_PROPERTIES, 'whose it is, its ID and its type'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		// A filter that was not added has no value that could be asked for by its own name.
		const filters = this.getNodeParameter('filters', itemIndex, {}) as { withinDays?: unknown };
		const ownOnly = ownOnlyOfItem(this, itemIndex);
		const found = await appCredentials(client, {
			now: Date.now(),
			ownOnly,
			withinDays: filters.withinDays === undefined ? undefined : wholeNumber(filters.withinDays, 'Ends Within (Days)', 0),
			limit: limitOfItem(this, itemIndex),
		});
		const note = ownOnly ? 'None is there that passes the filters. If the app is registered in another tenant, read that one.' : 'The tenant was read to the end, and nothing in it passes the filters.';
		return orEmptyList(onlyChosen(found, APP_CREDENTIAL_PROPERTIES, propertiesOfItem(this, itemIndex, APP_CREDENTIAL_PROPERTIES)), 'appCredentials', tenantId, note);
	},
};
