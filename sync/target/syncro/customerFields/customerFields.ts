import type { Call } from '../../../http/call';
import type { TargetRecord } from '../../../model/targetRecord';
import { accountFields } from '../accountFields';
import type { SyncroClient } from '../client';
import { propertiesOf, withBlankFields } from '../customField';
import { requireId, understood } from '../customerRecords';
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
	return requireId(client, customerFieldsOf(client, answer, doing), customerId, 'customer', doing);
}

/**
 * Stores the custom fields of a customer.
 *
 * @param properties the whole map: Syncro may drop what is not in it
 * @returns what was stored
 */
export async function putCustomerFields(client: SyncroClient, customerId: string, properties: Record<string, unknown>, call: Call, doing: string): Promise<SyncroCustomerFields> {
	const answer = await client.request({ ...call, method: 'PUT', path: `/customers/${idNumber(customerId, 'customer')}`, body: { properties }, doing, permission: EDIT_CUSTOMER });
	return understood(client, 'customer', doing, () => customerFieldsOf(client, answer, doing), ({ id }) => id === customerId);
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
