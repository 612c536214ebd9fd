import type { ManagedDevice } from '../../world/managedDevices';
import { listedDevice, MANAGED_DEVICE, wholeDevice } from '../entities/managedDevice';
import type { GraphCall, GraphResource } from '../graphCall';
import { intuneForbidden, intuneMissing, intunePermissionMissing, managedDeviceMissing } from '../graphFailure';
import { listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

/** Page size without `$top`, and at most: a larger `$top` is no error (contract B1, unverified). */
const LARGEST_PAGE = 1_000;

const common = {
	permissions: ['DeviceManagementManagedDevices.Read.All', 'DeviceManagementManagedDevices.ReadWrite.All'],
	refusal: intunePermissionMissing,
	quotas: ['intuneDevices'],
} as const;

/** Without what only a single device tells. `@odata.count` counts the page, not the list. */
export const managedDevices: GraphResource = {
	...common,
	path: 'deviceManagement/managedDevices',
	options: ['$top', '$select', '$filter', '$orderby', '$skiptoken'],
	answer: (call) => {
		requireIntune(call);
		const select = call.query.names('$select');
		const properties = selectedProperties(MANAGED_DEVICE, select, { collection: true });
		const { status, body } = listPage<ManagedDevice>({
			call,
			items: call.tenant.services.managedDevices.all,
			entity: MANAGED_DEVICE,
			context: `deviceManagement/managedDevices${contextOf(select)}`,
			defaultPageSize: LARGEST_PAGE,
			largestPage: LARGEST_PAGE,
			largestTop: Infinity,
			subject: listedDevice,
			render: (device) => project(listedDevice(device), MANAGED_DEVICE, properties),
		});
		const { '@odata.context': context, ...rest } = body as { '@odata.context': string; value: readonly unknown[] };
		return { status, body: { '@odata.context': context, '@odata.count': rest.value.length, ...rest } };
	},
};

export const managedDevice: GraphResource = {
	...common,
	path: 'deviceManagement/managedDevices/{id}',
	options: ['$select'],
	answer: (call) => {
		requireIntune(call);
		const select = call.query.names('$select');
		const properties = selectedProperties(MANAGED_DEVICE, select, { collection: false });
		const device = call.tenant.services.managedDevices.find(call.parameters.id);
		if (!device) throw managedDeviceMissing(call.parameters.id);
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#deviceManagement/managedDevices${contextOf(select)}/$entity`,
				...project(wholeDevice(device), MANAGED_DEVICE, properties),
			},
		};
	},
};

function requireIntune(call: GraphCall): void {
	if (!call.tenant.features.hasIntune) throw call.settings.withoutIntune === 'forbidden' ? intuneForbidden() : intuneMissing();
}
