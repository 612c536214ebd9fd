import { deltaPage } from '../delta/page';
import { selectionOf, type DeltaSource } from '../delta/source';
import { DEVICE } from '../entities/device';
import { GROUP } from '../entities/group';
import { USER } from '../entities/user';
import { hasAny, type GraphResource } from '../graphCall';
import { permissionMissing } from '../graphFailure';
import { GROUP_READERS } from './groups';
import { DEVICE_READERS } from './memberObjects';
import { USER_READERS } from './users';

/** `$top` is ignored without a word; `$expand`, `$orderby` and all others are refused. */
const OPTIONS = ['$select', '$filter', '$deltatoken', '$skiptoken', '$top'];

const USERS: DeltaSource = {
	type: 'user',
	entity: USER,
	relations: {
		manager: (tenant, id) => {
			const manager = tenant.objects.user.find(id)?.managerId;
			return manager === undefined ? [] : [{ type: 'user', id: manager }];
		},
	},
	defaultRelations: [],
};

const GROUPS: DeltaSource = {
	type: 'group',
	entity: GROUP,
	relations: {
		members: (tenant, id) => tenant.objects.group.find(id)?.members ?? [],
		owners: (tenant, id) => tenant.objects.group.find(id)?.owners ?? [],
	},
	defaultRelations: ['members'],
};

const DEVICES: DeltaSource = { type: 'device', entity: DEVICE, relations: {}, defaultRelations: [] };

export const usersDelta: GraphResource = {
	path: 'users/delta',
	permissions: USER_READERS,
	resourceUnits: 1,
	options: OPTIONS,
	answer: (call) => deltaPage(call, USERS),
};

/** Members take more than `Group.ReadBasic.All`. */
export const groupsDelta: GraphResource = {
	path: 'groups/delta',
	permissions: [...GROUP_READERS, 'Group.ReadBasic.All'],
	resourceUnits: 1,
	options: OPTIONS,
	answer: (call) => {
		const mayReadMembers = hasAny(call, GROUP_READERS);
		if (!mayReadMembers && selectionOf(GROUPS, { select: call.query.names('$select') ?? [] }).relations.length > 0) throw permissionMissing();
		return deltaPage(call, mayReadMembers ? GROUPS : { ...GROUPS, defaultRelations: [] });
	},
};

export const devicesDelta: GraphResource = {
	path: 'devices/delta',
	permissions: DEVICE_READERS,
	resourceUnits: 1,
	options: OPTIONS,
	answer: (call) => deltaPage(call, DEVICES),
};
