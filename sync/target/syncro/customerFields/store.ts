import type { FieldChange } from '../../../model/change';
import { SyncError } from '../../../model/syncError';
import type { RecordStore } from '../../recordStore';
import type { SyncroClient } from '../client';
import { propertyLabel } from '../customField';
import { getCustomerFields, putCustomerFields, type SyncroCustomerFields } from './customerFields';
import { CREATE_CUSTOMER_FIELD, syncroCustomers } from './definition';

/** The custom fields of customers of a Syncro account, as plans are carried out on them. */
export function customerStore(client: SyncroClient): RecordStore {
	return {
		definition: syncroCustomers,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list: async ({ customerId }, call) => [await getCustomerFields(client, customerId, call)],
		get: async (id, { call, doing }) => await getCustomerFields(client, id, call, doing),
		create: async (_fields, { doing }) => await Promise.reject(never(doing)),
		// The whole map is sent back: Syncro may drop the properties that are not.
		update: async (current, fields, { call, doing }) =>
			await putCustomerFields(client, current.id, { ...(current as SyncroCustomerFields).properties, ...sent(fields) }, call, doing),
		remove: async (_current, { doing }) => await Promise.reject(never(doing)),
		notStoredRemedy: (fields) => `${CREATE_CUSTOMER_FIELD}: ${fields.map(({ label }) => `"${label}"`).join(', ')}.`,
	};
}

/** Blank is `''`: texts of Syncro can't be null. */
function sent(fields: readonly FieldChange[]): Record<string, string> {
	return Object.fromEntries(fields.map(({ field, after }) => [propertyLabel(field), after ?? '']));
}

/** No plan holds such a change; one that somebody changed on its way is refused. */
function never(doing: string): SyncError {
	return new SyncError(`Could not ${doing}: customers are neither created nor deleted.`, {
		class: 'refused',
		code: 'syncro.customersStay',
		remedy: 'Create or delete the customer in Syncro by hand. Nothing was written.',
	});
}
