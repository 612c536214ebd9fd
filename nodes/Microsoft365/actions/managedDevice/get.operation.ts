import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { MANAGED_DEVICE_PROPERTIES, SINGLE_MANAGED_DEVICE_PROPERTIES } from '../../../../sync/source/graph/read/managedDeviceProperties';
import { managedDevice } from '../../../../sync/source/graph/read/managedDevices';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

const OFFERED = [...MANAGED_DEVICE_PROPERTIES, ...SINGLE_MANAGED_DEVICE_PROPERTIES];

export const getManagedDevice: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a managed device',
	description: 'Get one device of Intune by its ID, with what a list does not show: Ethernet MAC address, memory, notes',
	properties: [
		tenantParameter,
		{
			displayName: 'Managed Device',
			name: 'managedDevice',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 705c034c-034c-705c-4c03-5c704c035c70',
			description: 'Intune’s own ID, as Get Many gives it',
		},
		propertiesParameter(OFFERED, 'Intune’s ID'),
		extraPropertiesOption('Intune’s managed devices', 'managedDeviceName, easDeviceId'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const properties = [...propertiesOfItem(this, itemIndex, OFFERED), ...extraPropertiesOfItem(this, itemIndex)];
		return [await managedDevice(client, String(this.getNodeParameter('managedDevice', itemIndex) ?? ''), properties)];
	},
};
