import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { DEVICE_PROPERTIES } from '../../../../sync/source/graph/read/deviceProperties';
import { devices, type DeviceFilter } from '../../../../sync/source/graph/read/devices';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { limitOfItem, limitParameters } from '../limit';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { seenSince, seenWithinFilter } from '../seenWithin';
import { tenantOfItem, tenantParameter } from '../tenant';

const eitherFilter = (displayName: string, name: string, what: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: true,
	description: `Whether to read only devices that are ${what}, or (off) only those that are not; devices of which Entra does not know it are left out`,
});

export const getManyDevices: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many devices',
	description: 'Get the devices that Entra knows, with their owners; the whole list or an error, never a part of it',
	properties: [
		tenantParameter,
		...limitParameters,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: 'Every device read has to pass every filter',
			options: [
				eitherFilter('Compliant', 'compliant', 'compliant'),
				eitherFilter('Enabled', 'enabled', 'enabled'),
				eitherFilter('Managed', 'managed', 'managed'),
				{
					displayName: 'Operating System',
					name: 'operatingSystem',
					type: 'string',
					default: '',
					placeholder: 'e.g. Windows',
					description: 'Only devices with this operating system, as Entra calls it; upper and lower case are alike',
				},
				seenWithinFilter,
				{
					displayName: 'Trust Type',
					name: 'trustType',
					type: 'options',
					options: [
						{ name: 'Joined', value: 'AzureAd' },
						{ name: 'Joined to Active Directory as Well', value: 'ServerAd' },
						{ name: 'Registered', value: 'Workplace' },
					],
					default: 'AzureAd',
					description: 'Only devices that belong to the organisation in this way',
				},
			],
		},
		propertiesParameter(DEVICE_PROPERTIES, 'the object ID'),
		extraPropertiesOption('Entra’s devices', 'mdmAppId, deviceCategory'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const found = await devices(client, {
			properties: [...propertiesOfItem(this, itemIndex, DEVICE_PROPERTIES), ...extraPropertiesOfItem(this, itemIndex)],
			filter: filterOf(this, itemIndex),
			limit: limitOfItem(this, itemIndex),
		});
		return orEmptyList(found, 'devices', tenantId, 'The tenant was read to the end, and no device in it passes the filters.');
	},
};

function filterOf(context: IExecuteFunctions, itemIndex: number): DeviceFilter {
	const { seenWithinDays, ...filter } = context.getNodeParameter('filters', itemIndex, {}) as DeviceFilter & { seenWithinDays?: number };
	return { ...filter, seenSince: seenSince(seenWithinDays) };
}
