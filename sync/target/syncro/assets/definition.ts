import { deviceOwner, DEVICE_VALUES, OWNER_CONTACT } from '../../../model/deviceValues';
import { serialKey } from '../../../model/serialNumber';
import type { TargetDefinition } from '../../../model/targetDefinition';
import type { FieldMapping, FieldValue, TargetField } from '../../../model/targetRecord';
import { customField, storedText } from '../customField';
import { lacksField } from '../lacksField';

/** Fields of a Syncro asset. `contact_id` can be read, and is in no documented body. Source: contract targets.md A5. */
const FIELDS: readonly TargetField[] = [
	{ name: 'name', label: 'Name', type: 'text', identity: true, required: true },
	{ name: 'asset_serial', label: 'Serial Number', type: 'text', identity: true },
	{ name: 'contact_id', label: 'Contact', type: 'number', unsure: true },
];

const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));

/** Where to create a custom field of assets; the words of Syncro's screen. */
export const CREATE_ASSET_FIELD = 'Create it in Syncro under Admin → Assets → Asset Types, as a field of this asset type with exactly this name';

/** Computers are called the same in any case, and serial numbers are in capitals wherever they come from. */
function normalise({ name }: TargetField, value: FieldValue): string {
	const text = storedText(value);
	if (name === 'name') return text.toLowerCase();
	return name === 'asset_serial' ? serialKey(text) || text.toUpperCase() : text;
}

const row = (field: string, source: string): FieldMapping => ({ field, source, whenBlank: 'keep' });

/**
 * Devices as assets of a customer. Syncro's API cannot delete an asset, so nothing is created unless the builder wants
 * it. A device that Intune does not manage has no serial number by which it could be known again: it is only suggested.
 */
export const syncroAssets: TargetDefinition = {
	name: 'syncro:assets',
	title: 'Syncro',
	nouns: { source: 'device', sources: 'devices', record: 'asset', records: 'assets' },
	sourceKinds: ['managedDevice', 'device'],
	sourceLists: ['managedDevices', 'devices'],
	recordKind: 'asset',
	recordList: 'assets',
	readers: { sources: 'Microsoft 365 → Managed Device → Get Many', records: 'Syncro → Asset → Get Many' },
	rules: ['serial', 'nameAndOwner'],
	fields: FIELDS,
	defaultMapping: [row('name', 'deviceName'), row('asset_serial', 'serialNumber'), row('contact_id', 'ownerContactId')],
	sourceValues: [...DEVICE_VALUES, OWNER_CONTACT],
	nameField: 'name',
	adoptBy: ['asset_serial'],
	uniqueField: 'asset_serial',
	policies: { new: 'skip', orphaned: 'deactivate', disabled: 'leave', guests: 'skip', mark: { field: 'properties.M365 Status', value: 'Left Microsoft 365' } },
	choices: { new: ['create', 'hold', 'skip'], orphaned: ['leave', 'hold', 'deactivate'] },
	accounts: false,
	brakes: ['removals', 'sourceShrank', 'identityUpdates', 'creates'],
	linkedRecord: { target: 'syncro', property: 'ownerContactId', ownerOf: deviceOwner },
	normalise,
	field: (name) => BY_NAME.get(name) ?? customField(name),
	linkedKind: 'managedDevice',
	outlivesSource: true,
	onlySuggests: ({ kind }) => (kind === 'device' ? { code: 'suggestion', reason: 'is known to Entra, but not managed by Intune, and has no serial number' } : undefined),
	refusesNew: ({ serialNumber }) =>
		serialKey(serialNumber) === '' ? { code: 'noSerial', reason: 'has no serial number that tells it from other devices, so no asset can be created that would be known again' } : undefined,
	locks: (field, record) => lacksField(field, record, 'assets of this type', CREATE_ASSET_FIELD),
};
