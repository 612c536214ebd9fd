import type { IExecuteFunctions } from 'n8n-workflow';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { MANAGED_DEVICE_PROPERTIES } from '../../../../sync/source/graph/read/managedDeviceProperties';
import { managedDevices, type ManagedDeviceFilter } from '../../../../sync/source/graph/read/managedDevices';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { limitOfItem, limitParameters } from '../limit';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { seenSince, seenWithinFilter } from '../seenWithin';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getManyManagedDevices: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many managed devices',
	description: 'Get the devices that Intune manages, with their users; the whole list or an error, never a part of it',
	properties: [
		tenantParameter,
		...limitParameters,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: { ownership: 'company', seenWithinDays: 90 },
			description: 'Every device read has to pass every filter. At first: devices of the organisation that were seen in the last 90 days.',
			options: [
				{
					displayName: 'Compliance',
					name: 'compliance',
					type: 'options',
					options: [
						{ name: 'Compliant', value: 'compliant' },
						{ name: 'Not Compliant', value: 'noncompliant', description: 'Without those of which Intune does not know it, and those in their grace period' },
					],
					default: 'noncompliant',
					description: 'Only devices that fulfil the policies, or that do not',
				},
				{
					displayName: 'Operating System',
					name: 'operatingSystem',
					type: 'string',
					default: '',
					placeholder: 'e.g. Windows',
					description: 'Only devices with this operating system, as Intune calls it; upper and lower case are alike',
				},
				{
					displayName: 'Ownership',
					name: 'ownership',
					type: 'options',
					options: [
						{ name: 'Company', value: 'company' },
						{ name: 'Personal', value: 'personal' },
					],
					default: 'company',
					description: 'Only devices of the organisation, or of its people',
				},
				seenWithinFilter,
			],
		},
		propertiesParameter(MANAGED_DEVICE_PROPERTIES, 'Intune’s ID'),
		extraPropertiesOption('Intune’s managed devices', 'managedDeviceName, easDeviceId'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const found = await managedDevices(client, {
			properties: [...propertiesOfItem(this, itemIndex, MANAGED_DEVICE_PROPERTIES), ...extraPropertiesOfItem(this, itemIndex)],
			filter: filterOf(this, itemIndex),
			limit: limitOfItem(this, itemIndex),
		});
		return orEmptyList(found, 'managedDevices', tenantId, 'Intune was read to the end, and no device in it passes the filters.');
	},
};

function filterOf(context: IExecuteFunctions, itemIndex: number): ManagedDeviceFilter {
	const { seenWithinDays, ...filter } = context.getNodeParameter('filters', itemIndex, {}) as ManagedDeviceFilter & { seenWithinDays?: number };
	return { ...filter, seenSince: seenSince(seenWithinDays) };
}
