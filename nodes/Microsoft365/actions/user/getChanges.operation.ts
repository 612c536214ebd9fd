import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { usersSource } from '../../../../sync/source/graph/delta/users';
import type { Operation } from '../../../operation';
import { changesNotice, changesOfItem, cursorOptions, MOVED_BY_RUNS } from '../changes';
import { tenantParameter } from '../tenant';
import { attributeFilters, attributeFiltersOfItem, userTypeAndAccountParameters } from './filters';
import { chosenProperties, extraUserPropertiesOption, userFamiliesParameter, userOptionsOfItem, userPropertiesParameter } from './properties';

export const getUserChanges: Operation = {
	value: 'getChanges',
	name: 'Get Changes',
	action: 'Get changes of users',
	description: 'Get the people who changed since the last time, for Contact Match: who left or does not pass the filters comes with "whereabouts"; who was held or failed comes again',
	properties: [
		changesNotice(MOVED_BY_RUNS),
		tenantParameter,
		...userTypeAndAccountParameters,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: 'Everybody has to pass every filter. Other filters begin with everything anew.',
			options: attributeFilters,
		},
		{
			...userPropertiesParameter,
			description: `${userPropertiesParameter.description} Microsoft 365 does not tell that MFA, last activity, roles or kinds of mailboxes changed: these come along with people who changed otherwise, and for everybody with Get Many.`,
		},
		userFamiliesParameter,
		extraUserPropertiesOption(cursorOptions(MOVED_BY_RUNS)),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	async perItem(itemIndex) {
		const source = usersSource(attributeFiltersOfItem(this, itemIndex), userOptionsOfItem(this, itemIndex));
		return await changesOfItem(this, itemIndex, { source, properties: chosenProperties(this, itemIndex), list: 'people' });
	},
};
