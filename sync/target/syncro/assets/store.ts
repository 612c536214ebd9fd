import type { FieldChange } from '../../../model/change';
import { SyncError } from '../../../model/syncError';
import { fieldNamed } from '../../apply/applyFields';
import type { RecordStore } from '../../recordStore';
import type { AssetType } from '../accountFields';
import type { SyncroClient } from '../client';
import { propertyLabel } from '../customField';
import { malformed } from '../errors';
import { idNumber } from '../ids';
import { allAssets, createAsset, getAsset, updateAsset, type AssetBody, type SyncroAsset } from './assets';
import { CREATE_ASSET_FIELD, syncroAssets } from './definition';

/**
 * Assets of a Syncro account, as plans are carried out on them.
 *
 * @param newType of the assets that are created; without it none can be
 */
export function assetStore(client: SyncroClient, newType?: AssetType): RecordStore {
	return {
		definition: syncroAssets,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list: async ({ customerId }, call) => await allAssets(client, customerId, call),
		get: async (id, { call, doing }) => await getAsset(client, id, call, doing),
		create: async (fields, { change, call, doing }) => {
			if (!newType) throw refused('assetType', doing, 'no asset type is chosen for new assets', 'Choose one in Asset Type of this node.');
			const first = fields.filter((field) => !storedLater(field));
			return await createAsset(client, change.pairing.customerId, newType, { name: change.label, ...bodyOf(first) }, call, doing);
		},
		// Syncro wants the name with every update, and may drop the properties that are not sent back.
		update: async (current, fields, { change, call, doing }) => {
			const { properties } = current as SyncroAsset;
			if (!properties && fields.some(({ field }) => propertyLabel(field) !== undefined)) throw malformed({ account: client.account, doing }, 'Syncro does not show the custom fields of the asset, which would be lost');
			return await updateAsset(client, current.id, { name: current.name ?? change.label, ...bodyOf(fields, properties) }, call, doing);
		},
		remove: async (_current, { doing }) =>
			await Promise.reject(refused('noDelete', doing, 'Syncro has no request that deletes an asset', 'Delete the asset in Syncro by hand.')),
		storedLater,
		notStoredRemedy,
	};
}

/** Syncro ignores the properties of a new asset, and documents nobody whom it is assigned to: an update stores them, if anything. */
function storedLater({ field }: FieldChange): boolean {
	return propertyLabel(field) !== undefined || field === 'contact_id';
}

function notStoredRemedy(fields: readonly FieldChange[]): string | undefined {
	const labels = fields.filter(({ field }) => propertyLabel(field) !== undefined).map(({ label }) => `"${label}"`).join(', ');
	const remedies = [
		...(labels === '' ? [] : [`${CREATE_ASSET_FIELD}: ${labels}.`]),
		...(fields.some(({ field }) => field === 'contact_id') ? ["Syncro's API does not let an asset be assigned to a contact here: assign it on Syncro's screen. It is not tried again until the owner changes."] : []),
	];
	return remedies.length > 0 ? remedies.join(' ') : undefined;
}

/** @param properties what the asset holds now; Syncro may drop what is not sent back */
function bodyOf(fields: readonly FieldChange[], properties: Record<string, unknown> = {}): Partial<AssetBody> {
	const body: Record<string, unknown> = {};
	const own: Record<string, unknown> = {};
	for (const { field, after } of fields) {
		const { name } = fieldNamed(field, syncroAssets);
		const label = propertyLabel(name);
		if (label !== undefined) own[label] = after ?? '';
		else body[name] = name === 'contact_id' ? contactNumber(after) : (after ?? '');
	}
	return { ...body, ...(Object.keys(own).length > 0 ? { properties: { ...properties, ...own } } : {}) };
}

function contactNumber(id: string | null): number | null {
	return id === null || id === '' ? null : idNumber(id, 'contact');
}

function refused(code: string, doing: string, why: string, remedy: string): SyncError {
	return new SyncError(`Could not ${doing}: ${why}.`, { class: 'refused', code: `syncro.${code}`, remedy });
}
