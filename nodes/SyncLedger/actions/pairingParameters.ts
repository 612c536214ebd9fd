import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { pairingKey, systemOf, type Pairing } from '../../../sync/model/pairing';
import { SyncError } from '../../../sync/model/syncError';
import { titled } from '../../../sync/plan/settingNames';
import { TARGETS } from '../../../sync/target';

/** The targets of this package, as `Pairing.target` names them. */
export const TARGET_OPTIONS = TARGETS.map(({ name, title, nouns }) => ({ name: `${title} ${titled(nouns.records)}`, value: name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** A tenant and a customer are paired once for all kinds of records of a system. */
const SYSTEM_OPTIONS = TARGETS.filter(({ name }) => systemOf(name) === name).map(({ name, title }) => ({ name: title, value: name }));

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The four parts of a pairing, each required; for a run also which kind of records it is about. */
export const pairingProperties = pairingPropertiesWith('The system in which the customer is', SYSTEM_OPTIONS);
export const runProperties = pairingPropertiesWith('What is kept in step; each kind of records is locked by itself', TARGET_OPTIONS);

function pairingPropertiesWith(targetDescription: string, targets: INodePropertyOptions[]): INodeProperties[] {
	return [
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 8f0f3b5e-0b2c-4d0e-9a6b-6a2f2f6f3c11',
			description: 'The directory (tenant) ID, as Microsoft 365: Organization → Get gives it',
		},
		{
			displayName: 'Target',
			name: 'target',
			type: 'options',
			options: targets,
			default: 'syncro',
			description: targetDescription,
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. mymsp',
			description: 'The account in the target; for Syncro the subdomain of the Syncro credential',
		},
		{
			displayName: 'Customer ID',
			name: 'customerId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234567',
			description: 'The customer in that account, as Syncro: Customer → Get Many gives it',
		},
	];
}

/** Any part of a pairing, to narrow a list down. */
export const pairingFilters: INodeProperties[] = [
	{ displayName: 'Account', name: 'account', type: 'string', default: '', description: 'Only this account of the target' },
	{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '', description: 'Only this customer' },
	{ displayName: 'Target', name: 'target', type: 'options', options: TARGET_OPTIONS, default: 'syncro', description: 'Only this target' },
	{ displayName: 'Tenant ID', name: 'tenantId', type: 'string', default: '', description: 'Only this tenant' },
];

/** Chooses one of the stored pairings. */
export const pairingLocator: INodeProperties = {
	displayName: 'Pairing',
	name: 'pairing',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchPairings', searchable: true } },
		{
			displayName: 'By Key',
			name: 'key',
			type: 'string',
			placeholder: 'e.g. 8f0f3b5e-0b2c-4d0e-9a6b-6a2f2f6f3c11/syncro/mymsp/1234567',
			hint: 'Tenant ID, target, account and customer ID, with slashes between them',
		},
	],
};

/** The pairing that the parameters of `pairingProperties` name. */
export function readPairing(context: IExecuteFunctions, itemIndex: number): Pairing {
	const read = (name: string, title: string) => required(context.getNodeParameter(name, itemIndex), title);
	return {
		tenantId: tenantIdOf(context.getNodeParameter('tenantId', itemIndex)),
		target: read('target', 'Target').toLowerCase(),
		account: read('account', 'Account'),
		customerId: read('customerId', 'Customer ID'),
	};
}

/** The parts that the builder filled in. */
export function readPairingFilters(filters: Record<string, unknown>): Partial<Pairing> {
	const parts = (['tenantId', 'target', 'account', 'customerId'] as const).map((name) => [name, String(filters[name] ?? '').trim()]);
	return Object.fromEntries(parts.filter(([, value]) => value !== ''));
}

/** The pairing that `pairingLocator` chose. */
export function readPairingLocator(context: IExecuteFunctions, itemIndex: number): Pairing {
	const key = required(context.getNodeParameter('pairing', itemIndex, '', { extractValue: true }), 'Pairing');
	const parts = key.split('/').map((part) => decode(part).trim());
	if (parts.length !== 4 || parts.some((part) => part === '')) {
		throw wrongParameter(`"${key}" names no pairing.`, 'Choose one from the list, or enter tenant ID, target, account and customer ID with slashes between them.');
	}
	const [tenant, target, account, customerId] = parts;
	return { tenantId: tenantIdOf(tenant), target, account, customerId };
}

/** The id of a source record as the ledger keeps it: what is a GUID in it is in lower case, also in `noMfa:<GUID>`. */
export function sourceIdOf(text: string): string {
	return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, (guid) => guid.toLowerCase());
}

/** What the locator takes for a pairing. */
export function pairingLocatorValue(pairing: Pairing): string {
	return pairingKey(pairing);
}

/** A text parameter that must be filled in. Numbers (ids from expressions) become text. */
export function required(value: unknown, title: string): string {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text !== '') return text;
	throw wrongParameter(`${title} is empty.`, `Fill in ${title}. If it is an expression, look whether the node it refers to gave an item.`);
}

export function wrongParameter(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: 'ledger.parameter', remedy });
}

/**
 * The directory ID that a parameter names, in lower case.
 *
 * @throws SyncError when it is empty or none
 */
export function tenantIdOf(parameter: unknown): string {
	const value = required(parameter, 'Tenant ID');
	const id = value.toLowerCase();
	if (GUID.test(id)) return id;
	throw wrongParameter(`The Tenant ID "${value}" is no directory ID.`, 'Enter the tenant\'s ID (a GUID), not its name or domain: Microsoft 365: Organization → Get gives it.');
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		// Not a key of ours: taken as it was typed.
		return part;
	}
}
