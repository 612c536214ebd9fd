import { DEVICE_VALUES } from '../../model/deviceValues';
import { licenceFamilyValue, PERSON_VALUES } from '../../model/personValues';
import type { Nouns } from '../../model/sourceRecord';
import type { TargetDefinition } from '../../model/targetDefinition';
import type { FieldMapping, FieldValue, TargetField } from '../../model/targetRecord';
import { SYSTEM_VALUES } from './template';

/** By these a record is identified; no field can be called so. */
const RESERVED = new Set<string>(['kind', 'target', 'account', 'id', 'of', 'properties', ...SYSTEM_VALUES, '__proto__', 'constructor', 'prototype']);

/** Fields that mean something to matching and to the brakes; every other name is text. */
const MEANINGFUL: Readonly<Record<string, Partial<TargetField>>> = {
	email: { type: 'email', identity: true },
	name: { identity: true },
};

/** Any name that a builder types, as it is written: the endpoint's own, or one that the table of the node gives a place. */
function findField(name: string): TargetField | undefined {
	const trimmed = name.trim();
	if (!/^[^.{}\s][^.{}]*$/.test(trimmed) || RESERVED.has(trimmed)) return undefined;
	return { name: trimmed, label: trimmed, type: 'text', ...(Object.hasOwn(MEANINGFUL, trimmed) ? MEANINGFUL[trimmed] : {}) };
}

/** Blank and absent are both the empty string; whatever the endpoint gives as a number or as yes or no is compared as text. */
function normalise({ type }: TargetField, value: FieldValue): string {
	const text = (value ?? '').normalize('NFC').replace(/\r\n?/g, '\n').trim();
	return type === 'email' ? text.toLowerCase().normalize('NFC') : text;
}

const row = (field: string, source: string): FieldMapping => ({ field, source, whenBlank: 'keep' });

interface Kinds extends Pick<TargetDefinition, 'name' | 'sourceKinds' | 'sourceLists' | 'defaultMapping' | 'sourceValues' | 'accounts' | 'brakes'>, Partial<Pick<TargetDefinition, 'derivedValue' | 'uniqueField'>> {
	nouns: Nouns;
	sourceReaders: string;
}

function records({ sourceReaders, ...kinds }: Kinds): TargetDefinition {
	return {
		title: 'HTTP Target',
		recordKind: 'record',
		recordList: 'records',
		readers: { sources: sourceReaders, records: 'HTTP Target → Record → Get Many or Get Remembered' },
		fields: [],
		freeFields: true,
		adoptBy: ['externalId', 'email', 'name'],
		policies: {
			new: 'create',
			orphaned: 'deactivate',
			disabled: 'leave',
			guests: 'skip',
			mark: { field: 'active', value: 'false' },
		},
		choices: { new: ['create', 'hold', 'skip'], orphaned: ['leave', 'hold', 'deactivate', 'delete'] },
		normalise,
		field: findField,
		...kinds,
	};
}

const userRecords = records({
	name: 'http',
	nouns: { source: 'person', sources: 'people', record: 'user record', records: 'user records' },
	sourceKinds: ['person'],
	sourceLists: ['people'],
	sourceReaders: 'Microsoft 365 → User → Get Many or Get Changes',
	defaultMapping: [row('externalId', 'id'), row('name', 'displayName'), row('email', 'email'), row('active', 'accountEnabled')],
	sourceValues: PERSON_VALUES,
	derivedValue: licenceFamilyValue,
	uniqueField: 'email',
	accounts: true,
	brakes: ['removals', 'sourceShrank', 'identityUpdates', 'creates', 'pairing', 'clearedLicences'],
});

const deviceRecords = records({
	name: 'http:devices',
	nouns: { source: 'device', sources: 'devices', record: 'device record', records: 'device records' },
	sourceKinds: ['managedDevice', 'device'],
	sourceLists: ['managedDevices', 'devices'],
	sourceReaders: 'Microsoft 365 → Managed Device → Get Many or Device → Get Many',
	defaultMapping: [row('externalId', 'id'), row('name', 'deviceName'), row('serialNumber', 'serialNumber')],
	sourceValues: DEVICE_VALUES,
	accounts: false,
	brakes: ['removals', 'sourceShrank', 'identityUpdates', 'creates'],
});

/** Whatever else has an id that stays: only what its list says to be gone is gone. */
const otherRecords = records({
	name: 'http:others',
	nouns: { source: 'source record', sources: 'source records', record: 'other record', records: 'other records' },
	sourceKinds: ['tenantFacts', 'licenceFamilyCount', 'finding'],
	sourceLists: ['tenantFacts', 'licenceFamilyCounts', 'findings'],
	sourceReaders: 'Microsoft 365 → Organization → Get Facts, Licence → Get Family Counts or Security Audit → Get Findings',
	defaultMapping: [row('externalId', 'id')],
	sourceValues: [],
	accounts: false,
	brakes: ['removals', 'creates'],
});

/** What can be fed to an HTTP endpoint: each has its own pairing, links and runs, so that ids of people and devices never meet. */
export const HTTP_TARGETS: readonly TargetDefinition[] = [userRecords, deviceRecords, otherRecords];
