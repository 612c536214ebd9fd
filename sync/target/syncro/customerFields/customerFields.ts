import type { Call } from '../../../http/call';
import { SyncError } from '../../../model/syncError';
import type { TargetRecord } from '../../../model/targetRecord';
import { LostReply } from '../../apply/lostReply';
import { accountFields } from '../accountFields';
import type { SyncroClient } from '../client';
import { propertiesOf, withBlankFields } from '../customField';
import { customerName } from '../customers';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
import { EDIT_CUSTOMER, VIEW_CUSTOMER } from '../permissions';
import { syncroCustomers } from './definition';

/** A customer as the record that holds facts of its tenant: its name, and its custom fields by their label. */
export interface SyncroCustomerFields extends TargetRecord {
	kind: 'customerFields';
	properties: Record<string, unknown>;
	/** `properties` hold every custom field that customers have, blank ones as `null`. */
	allFields?: true;
}

/**
 * The custom fields of a customer, blank ones included where Syncro tells which there are.
 *
 * @throws SyncError; `syncro.malformed` where the answer does not show the custom fields, since they could not be kept
 */
export async function customerWithFields(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroCustomerFields> {
	const customer = await getCustomerFields(client, customerId, call);
	const { customers: labels } = await accountFields(client, call);
	return labels ? { ...customer, properties: withBlankFields(customer.properties, labels), allFields: true } : customer;
}

/** What the customer holds now. @param doing for messages */
export async function getCustomerFields(client: SyncroClient, customerId: string, call: Call = {}, doing = `read the custom fields of customer ${customerId}`): Promise<SyncroCustomerFields> {
	const answer = await client.request({ ...call, method: 'GET', path: `/customers/${idNumber(customerId, 'customer')}`, doing, permission: VIEW_CUSTOMER });
	const record = customerFieldsOf(client, answer, doing);
	if (record.id === customerId) return record;
	throw malformed({ account: client.account, doing }, `Syncro answered with the customer ${record.id} instead of ${customerId}`);
}

/**
 * Stores the custom fields of a customer.
 *
 * @param properties the whole map: Syncro may drop what is not in it
 * @returns what was stored
 */
export async function putCustomerFields(client: SyncroClient, customerId: string, properties: Record<string, unknown>, call: Call, doing: string): Promise<SyncroCustomerFields> {
	const answer = await client.request({ ...call, method: 'PUT', path: `/customers/${idNumber(customerId, 'customer')}`, body: { properties }, doing, permission: EDIT_CUSTOMER });
	try {
		const stored = customerFieldsOf(client, answer, doing);
		if (stored.id === customerId) return stored;
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
	}
	// An answer that can't be understood proves nothing.
	const { message, remedy } = malformed({ account: client.account, doing }, 'the answer is not the customer that was sent');
	throw new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
}

function customerFieldsOf(client: SyncroClient, answer: Record<string, unknown>, doing: string): SyncroCustomerFields {
	const fail = (what: string) => malformed({ account: client.account, doing }, what);
	const row = answer.customer as Record<string, unknown> | null | undefined;
	if (typeof row !== 'object' || row === null || !isId(row.id)) throw fail('the answer holds no customer');
	const properties = propertiesOf(row.properties);
	if (properties === undefined) throw fail('the answer does not show the custom fields of the customer');
	const id = String(row.id);
	return { kind: 'customerFields', target: syncroCustomers.name, account: client.account, customerId: id, id, name: customerName(row), properties };
}
