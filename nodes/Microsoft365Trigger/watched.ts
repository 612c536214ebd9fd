import type { DirectoryRecord } from '../../sync/model/sourceChange';
import { DEVICE_CHANGE_PROPERTIES, devicesSource } from '../../sync/source/graph/delta/devices';
import { GROUP_CHANGE_PROPERTIES, groupsSource } from '../../sync/source/graph/delta/groups';
import type { DeltaSource } from '../../sync/source/graph/delta/source';
import { usersSource } from '../../sync/source/graph/delta/users';
import { USER_PROPERTIES } from '../../sync/source/graph/read/userProperties';
import type { ReadableProperty } from '../../sync/source/graph/transport/reading';
import type { WatchedResource } from '../../sync/source/graph/watch/subscriptions';

/** Something whose changes Microsoft Graph tells. */
export interface Watched {
	name: string;
	/** One of them, for descriptions. */
	one: string;
	source: DeltaSource<DirectoryRecord>;
	properties: readonly ReadableProperty[];
}

export const WATCHED: Readonly<Record<WatchedResource, Watched>> = {
	devices: { name: 'Devices', one: 'device', source: devicesSource(), properties: DEVICE_CHANGE_PROPERTIES },
	groups: { name: 'Groups', one: 'group', source: groupsSource(), properties: GROUP_CHANGE_PROPERTIES },
	users: { name: 'Users', one: 'user', source: usersSource(), properties: USER_PROPERTIES },
};
