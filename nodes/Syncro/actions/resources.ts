import type { Resource } from '../../operation';
import { applyPlan as applyToAlerts } from './alert/applyPlan.operation';
import { getMany as getManyAlerts } from './alert/getMany.operation';
import { applyPlan as applyToAssets } from './asset/applyPlan.operation';
import { get as getAsset } from './asset/get.operation';
import { getMany as getManyAssets } from './asset/getMany.operation';
import { applyPlan as applyToContacts } from './contact/applyPlan.operation';
import { get as getContact } from './contact/get.operation';
import { getMany as getManyContacts } from './contact/getMany.operation';
import { applyPlan as applyToCustomers } from './customer/applyPlan.operation';
import { get as getCustomer } from './customer/get.operation';
import { getFields as getCustomerFields } from './customer/getFields.operation';
import { getMany as getManyCustomers } from './customer/getMany.operation';
import { search as searchCustomers } from './customer/search.operation';
import { applyPlan as applyToPortalUsers } from './portalUser/applyPlan.operation';
import { getMany as getManyPortalUsers } from './portalUser/getMany.operation';
import { applyPlan as applyToLines } from './recurringInvoice/applyPlan.operation';
import { compareLicences } from './recurringInvoice/compareLicences.operation';
import { getLines } from './recurringInvoice/getLines.operation';
import { applyPlan as applyToTickets } from './ticket/applyPlan.operation';
import { getMany as getManyTickets } from './ticket/getMany.operation';

export const resources: Resource[] = [
	{ value: 'contact', name: 'Contact', description: 'A person at a customer', operations: [getManyContacts, getContact, applyToContacts] },
	{ value: 'alert', name: 'Alert', description: 'An RMM alert of a customer', operations: [getManyAlerts, applyToAlerts] },
	{ value: 'asset', name: 'Asset', description: 'A device of a customer', operations: [getManyAssets, getAsset, applyToAssets] },
	{ value: 'customer', name: 'Customer', description: 'An organization in the Syncro account', operations: [getManyCustomers, getCustomer, getCustomerFields, searchCustomers, applyToCustomers] },
	{ value: 'portalUser', name: 'Portal User', description: 'Somebody who may sign in to the client portal of a customer', operations: [getManyPortalUsers, applyToPortalUsers] },
	{ value: 'recurringInvoice', name: 'Recurring Invoice', description: 'What a customer is billed again and again', operations: [getLines, compareLicences, applyToLines] },
	{ value: 'ticket', name: 'Ticket', description: 'A ticket of a customer', operations: [getManyTickets, applyToTickets] },
];
