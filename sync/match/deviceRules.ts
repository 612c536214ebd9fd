import { serialKey } from '../model/serialNumber';
import type { SourceRecord } from '../model/sourceRecord';
import type { TargetRecord } from '../model/targetRecord';
import { emailKey, textKey } from './keys';
import type { CompiledRule } from './rules';

/** The serial numbers are the same; a device of which only Entra knows has none. */
export const serialRule: CompiledRule = {
	name: 'serial',
	sourceKeys: ({ serialNumber }) => serialKey(serialNumber),
	recordKeys: (record) => serialKey(record.asset_serial),
};

/**
 * The device is called as the asset, and its owner is the asset's contact: the one that the links of people give
 * (`ownerContactId`), or one with an address of the owner. A name alone is never enough: it is given anew.
 */
export const nameAndOwnerRule: CompiledRule = {
	name: 'nameAndOwner',
	sourceKeys: (source) => (isSuggestion(source) ? [] : nameAndOwnerKeys(source)),
	recordKeys: recordKeysOf,
};

/** The same for devices of which only Entra knows: after all others, since one that Intune manages is the better candidate. */
export const suggestionRule: CompiledRule = {
	name: 'nameAndOwner',
	sourceKeys: (source) => (isSuggestion(source) ? nameAndOwnerKeys(source) : []),
	recordKeys: recordKeysOf,
};

function isSuggestion({ kind }: SourceRecord): boolean {
	return kind === 'device';
}

function nameAndOwnerKeys(source: SourceRecord): string[] {
	const owners = Array.isArray(source.registeredOwners) ? (source.registeredOwners as Array<Record<string, unknown>>) : [];
	const addresses = [source.userPrincipalName, source.emailAddress, ...owners.flatMap(({ userPrincipalName, mail }) => [userPrincipalName, mail])];
	return keysOf(source.deviceName ?? source.displayName, source.ownerContactId, addresses);
}

function recordKeysOf({ name, contact_id: contactId, contactEmail }: TargetRecord): string[] {
	return keysOf(name, contactId, [contactEmail]);
}

function keysOf(name: unknown, contactId: unknown, addresses: readonly unknown[]): string[] {
	const named = textKey(name);
	if (named === '') return [];
	const contact = textKey(contactId);
	const owners = [contact === '' ? '' : `#${contact}`, ...addresses.map((address) => (emailKey(address) === '' ? '' : `@${emailKey(address)}`))];
	return [...new Set(owners.filter((owner) => owner !== ''))].map((owner) => `${named}\n${owner}`);
}
