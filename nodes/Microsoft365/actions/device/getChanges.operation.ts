import { DEVICE_CHANGE_PROPERTIES, devicesSource } from '../../../../sync/source/graph/delta/devices';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { Operation } from '../../../operation';
import { changesNotice, changesOfItem, cursorOptions, MOVED_BY_HAND } from '../changes';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantParameter } from '../tenant';

export const getDeviceChanges: Operation = {
	value: 'getChanges',
	name: 'Get Changes',
	action: 'Get changes of devices',
	description: 'Get the devices of Entra that changed since the last time; a change of owners is not told',
	properties: [
		changesNotice(MOVED_BY_HAND),
		tenantParameter,
		propertiesParameter(DEVICE_CHANGE_PROPERTIES, 'the object ID'),
		extraPropertiesOption('Entra’s devices', 'mdmAppId, deviceCategory', cursorOptions(MOVED_BY_HAND)),
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const properties = [...propertiesOfItem(this, itemIndex, DEVICE_CHANGE_PROPERTIES), ...extraPropertiesOfItem(this, itemIndex)];
		return await changesOfItem(this, itemIndex, { source: devicesSource(), properties, list: 'devices' });
	},
};
