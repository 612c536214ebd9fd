import type { TargetDefinition } from '../model/targetDefinition';
import { SyncError } from '../model/syncError';
import { HTTP_TARGETS } from './http/definition';
import { syncroAlerts } from './syncro/alerts/definition';
import { syncroAssets } from './syncro/assets/definition';
import { syncroContacts } from './syncro/contacts/definition';
import { syncroCustomers } from './syncro/customerFields/definition';
import { syncroInvoiceLines } from './syncro/invoices/definition';
import { syncroPortalUsers } from './syncro/portalUsers/definition';
import { syncroTickets } from './syncro/tickets/definition';

/** Every target there is; a new one is a folder beside `syncro` and a line here. */
export const TARGETS: readonly TargetDefinition[] = [syncroContacts, syncroAssets, syncroCustomers, syncroInvoiceLines, syncroPortalUsers, syncroAlerts, syncroTickets, ...HTTP_TARGETS];

/** Whether the records of a target belong to people: only what is read of people moves on by a cursor. A target from elsewhere may. */
export function isOfPeople(name: string): boolean {
	return TARGETS.find((target) => target.name === name)?.sourceKinds.includes('person') ?? true;
}

/** @throws SyncError class `input` when there is no such target */
export function targetDefinition(name: string): TargetDefinition {
	const definition = TARGETS.find((target) => target.name === name);
	if (definition) return definition;
	throw new SyncError(`There is no target system "${name}".`, {
		class: 'input',
		code: 'target.unknown',
		remedy: `Known targets: ${TARGETS.map((target) => `${target.name} (${target.title})`).join(', ')}.`,
	});
}
