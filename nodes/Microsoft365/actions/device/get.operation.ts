import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { DEVICE_PROPERTIES } from '../../../../sync/source/graph/read/deviceProperties';
import { device } from '../../../../sync/source/graph/read/devices';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getDevice: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a device',
	description: 'Get one device of Entra by object ID',
	properties: [
		tenantParameter,
		{
			displayName: 'Device',
			name: 'device',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 4c299165-6e8f-4b45-a5ba-c5d250a707ff',
			description: 'Object ID of the device in Entra; not its device ID',
		},
		propertiesParameter(DEVICE_PROPERTIES, 'the object ID'),
		extraPropertiesOption('Entra’s devices', 'mdmAppId, deviceCategory'),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const properties = [...propertiesOfItem(this, itemIndex, DEVICE_PROPERTIES), ...extraPropertiesOfItem(this, itemIndex)];
		return [await device(client, String(this.getNodeParameter('device', itemIndex) ?? ''), properties)];
	},
};
