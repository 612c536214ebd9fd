import type { RecordStore } from '../../recordStore';
import type { SyncroClient } from '../client';
import { withMark } from '../findings/mark';
import { getOpenAlert, openAlerts, raiseAlert, resolveAlert } from './alerts';
import { syncroAlerts } from './definition';

/** RMM alerts of a Syncro account, as plans are carried out on them: what has to go is resolved. */
export function alertStore(client: SyncroClient): RecordStore {
	return {
		definition: syncroAlerts,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list: async ({ customerId }, call) => await openAlerts(client, customerId, call),
		get: async (id, { call, doing }) => await getOpenAlert(client, id, call, doing),
		create: async (fields, { change: { pairing, sourceId }, call, doing }) => {
			const text = (name: string) => fields.find(({ field }) => field === name)?.after ?? '';
			return await raiseAlert(client, pairing.customerId, { description: text('type'), formatted_output: withMark(text('details'), sourceId) }, call, doing);
		},
		// Every field is `initial`, so no plan changes an alert.
		update: () => {
			throw new Error('Syncro cannot change an alert.');
		},
		remove: async ({ id }, { call, doing }) => await resolveAlert(client, id, call, doing),
	};
}
