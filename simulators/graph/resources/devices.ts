import type { DirectoryDevice } from '../../world/tenantDirectory';
import type { MemberSeed } from '../../world/types';
import { DEVICE } from '../entities/device';
import { OTHER_OBJECT } from '../entities/plain';
import { isEventual, type GraphCall, type GraphResource } from '../graphCall';
import { countUnsupported, identifierInvalid, notFound } from '../graphFailure';
import { parseExpand, type Expansion } from '../odata/expand';
import { LIST_OPTIONS, listCount, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { DEVICE_READERS, MEMBER_TYPES, memberList, memberRenderer, placed, resolveMembers } from './memberObjects';
import { contextOf } from './users';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `$expand` shows so many related objects, without a word about the others (contract B0). */
const MOST_EXPANDED = 20;

export const devices: GraphResource = {
	path: 'devices',
	permissions: DEVICE_READERS,
	resourceUnits: 1,
	options: LIST_OPTIONS,
	answer: (call) => {
		const select = call.query.names('$select');
		selectedProperties(DEVICE, select, { collection: true });
		const expansion = expansionOf(call);
		return listPage({
			call,
			items: call.tenant.devices,
			entity: DEVICE,
			context: `devices${contextOf(select, expansion)}`,
			render: deviceRenderer(call, select, expansion),
		});
	},
};

export const devicesCount: GraphResource = {
	path: 'devices/$count',
	permissions: DEVICE_READERS,
	resourceUnits: 1,
	options: ['$filter', '$search'],
	answer: (call) => {
		if (!isEventual(call.headers)) throw countUnsupported();
		return listCount({ call, items: call.tenant.devices, entity: DEVICE });
	},
};

/** By object id. */
export const device: GraphResource = {
	path: 'devices/{id}',
	permissions: DEVICE_READERS,
	resourceUnits: 1,
	options: ['$select', '$expand'],
	answer: (call) => {
		const select = call.query.names('$select');
		selectedProperties(DEVICE, select, { collection: false });
		const expansion = expansionOf(call);
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#devices${contextOf(select, expansion)}/$entity`,
				...deviceRenderer(call, select, expansion)(findDevice(call)),
			},
		};
	},
};

export const registeredOwners: GraphResource = {
	path: 'devices/{id}/registeredOwners',
	permissions: DEVICE_READERS,
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => memberList(call, placed(findDevice(call).registeredOwners)),
};

export const registeredUsers: GraphResource = {
	path: 'devices/{id}/registeredUsers',
	permissions: DEVICE_READERS,
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => memberList(call, placed(findDevice(call).registeredUsers)),
};

function findDevice(call: GraphCall): DirectoryDevice {
	const { id } = call.parameters;
	if (!GUID.test(id)) throw identifierInvalid(id);
	const found = call.tenant.findDevice(id);
	if (!found) throw notFound(id);
	return found;
}

function expansionOf(call: GraphCall): Expansion | undefined {
	const expand = call.query.get('$expand');
	return expand === undefined ? undefined : parseExpand(expand, DEVICE, OTHER_OBJECT, MEMBER_TYPES);
}

function deviceRenderer(call: GraphCall, select: readonly string[] | undefined, expansion: Expansion | undefined): (found: DirectoryDevice) => Record<string, unknown> {
	const properties = selectedProperties(DEVICE, select, { collection: false });
	const related = expansion && memberRenderer(call, expansion.select);
	return (found) => {
		const shown = project(found as unknown as Readonly<Record<string, unknown>>, DEVICE, properties);
		if (!expansion || !related) return shown;
		const links: readonly MemberSeed[] = expansion.navigation === 'registeredOwners' ? (found.registeredOwners ?? []) : (found.registeredUsers ?? []);
		return { ...shown, [expansion.navigation]: resolveMembers(call, placed(links)).slice(0, MOST_EXPANDED).map(related) };
	};
}
