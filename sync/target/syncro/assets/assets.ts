import type { Call } from '../../../http/call';
import { SyncError } from '../../../model/syncError';
import type { FieldValue, TargetRecord } from '../../../model/targetRecord';
import { accountFields, type AssetType } from '../accountFields';
import type { SyncroClient } from '../client';
import { allContacts } from '../contacts/contacts';
import { propertiesOf, withBlankFields } from '../customField';
import { allRecords, requireId, understood, type CustomerList } from '../customerRecords';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
import { CREATE_ASSET, EDIT_ASSET, LIST_ASSETS, VIEW_ASSET } from '../permissions';
import { syncroAssets } from './definition';

/** An asset of Syncro. Keys that Syncro's answer lacks stay absent. */
export interface SyncroAsset extends TargetRecord {
	kind: 'asset';
	asset_serial?: FieldValue;
	/** Id of the contact that it is assigned to. */
	contact_id?: FieldValue;
	/** Name of its asset type. */
	asset_type?: FieldValue;
	/** Custom fields by their label, and what Syncro's agent keeps among them. */
	properties?: Record<string, unknown>;
	/** `properties` hold every custom field of the asset type, blank ones as `null`. */
	allFields?: true;
	/** Address of the contact, where contacts were read as well. */
	contactEmail?: FieldValue;
	createdAt?: string;
	updatedAt?: string;
}

/** What is sent of an asset. */
export interface AssetBody {
	name: string;
	asset_serial?: string;
	contact_id?: number | null;
	/** The whole map: Syncro may drop every property that is not in it. */
	properties?: Record<string, unknown>;
}

const LIST: CustomerList<SyncroAsset> = { path: '/customer_assets', rows: 'assets', noun: 'asset', nouns: 'assets', permission: LIST_ASSETS, record: assetRecord };

/** All assets of a customer as Syncro has them. */
export async function allAssets(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroAsset[]> {
	return await allRecords(client, LIST, customerId, call);
}

/**
 * All assets of a customer, with the custom fields that are blank, where Syncro tells which there are.
 *
 * @param withContacts reads the contacts too, for the addresses of those whom the assets are assigned to
 */
export async function assetsToMatch(client: SyncroClient, customerId: string, { withContacts }: { withContacts: boolean }, call: Call = {}): Promise<SyncroAsset[]> {
	const assets = await allAssets(client, customerId, call);
	const { assetTypes = [] } = assets.length > 0 ? await accountFields(client, call) : {};
	const fieldsOf = new Map(assetTypes.map(({ name, fields }) => [name, fields]));
	const assigned = withContacts && assets.some(({ contact_id: contact }) => contact);
	const emailOf = new Map(assigned ? (await allContacts(client, customerId, call)).map(({ id, email }) => [id, email]) : []);
	return assets.map((asset) => {
		const labels = fieldsOf.get(asset.asset_type ?? '');
		const email = emailOf.get(asset.contact_id ?? '');
		return {
			...asset,
			...(labels && asset.properties ? { properties: withBlankFields(asset.properties, labels), allFields: true as const } : {}),
			...(email === undefined ? {} : { contactEmail: email }),
		};
	});
}

/** @param doing for messages, for example `read the asset "PC-1"` */
export async function getAsset(client: SyncroClient, id: string, call: Call = {}, doing = `read the asset ${id}`): Promise<SyncroAsset> {
	const answer = await client.request({ ...call, method: 'GET', path: `/customer_assets/${idNumber(id, 'asset')}`, doing, permission: VIEW_ASSET });
	return requireId(client, assetRecord(client.account, rowOf(client, answer, doing), doing), id, 'asset', doing);
}

/** Creates an asset; Syncro ignores `properties` here. @returns the asset as Syncro stored it */
export async function createAsset(client: SyncroClient, customerId: string, type: AssetType, body: AssetBody, call: Call, doing: string): Promise<SyncroAsset> {
	const sent = { customer_id: idNumber(customerId, 'customer'), asset_type_name: type.name, ...body };
	const answer = await client.request({ ...call, method: 'POST', path: '/customer_assets', body: sent, doing, permission: CREATE_ASSET });
	return understood(client, 'asset', doing, () => assetRecord(client.account, rowOf(client, answer, doing), doing), (asset) => asset.customerId === customerId);
}

/** Changes an asset; fields that are not in `body` stay. `name` is required by Syncro. @returns what was stored */
export async function updateAsset(client: SyncroClient, id: string, body: AssetBody, call: Call, doing: string): Promise<SyncroAsset> {
	const answer = await client.request({ ...call, method: 'PUT', path: `/customer_assets/${idNumber(id, 'asset')}`, body, doing, permission: EDIT_ASSET });
	return understood(client, 'asset', doing, () => assetRecord(client.account, rowOf(client, answer, doing), doing), (asset) => asset.id === id);
}

/**
 * The asset type with this name or id, as new assets name it.
 *
 * @throws SyncError class `input` when there is none, or none is named; it names those that there are
 */
export async function assetTypeNamed(client: SyncroClient, nameOrId: string, call: Call = {}): Promise<AssetType> {
	const wanted = nameOrId.trim();
	const { assetTypes } = await accountFields(client, call);
	// Syncro does not tell its types: what is named is taken, and Syncro refuses what it does not have.
	if (!assetTypes && wanted !== '') return { id: '', name: wanted };
	const type = assetTypes?.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
	if (type) return type;
	const known = assetTypes?.map(({ name }) => `"${name}"`).join(', ');
	throw new SyncError(wanted === '' ? 'The plan creates assets, but no asset type is chosen for them.' : `Syncro has no asset type "${wanted}".`, {
		class: 'input',
		code: 'syncro.assetType',
		remedy: `${known ? `Choose one of ${known}` : 'Create one in Syncro under Admin → Assets → Asset Types, and choose it'} in Asset Type of this node. Nothing was written.`,
	});
}

/** A row of Syncro as a target record. */
export function assetRecord(account: string, row: Record<string, unknown>, doing: string): SyncroAsset {
	const { id, customer_id: customerId } = row;
	if (!isId(id)) throw malformed({ account, doing }, 'the answer holds an asset without an id');
	if (!isId(customerId)) throw malformed({ account, doing }, `the asset ${String(id)} does not say which customer it belongs to`);
	const record: SyncroAsset = { kind: 'asset', target: syncroAssets.name, account, customerId: String(customerId), id: String(id) };
	for (const name of ['name', 'asset_serial', 'contact_id', 'asset_type'] as const) {
		const value = row[name];
		if (value !== undefined) record[name] = value === null ? null : String(value);
	}
	const properties = propertiesOf(row.properties);
	if (properties) record.properties = properties;
	if (typeof row.created_at === 'string') record.createdAt = row.created_at;
	if (typeof row.updated_at === 'string') record.updatedAt = row.updated_at;
	return record;
}

function rowOf(client: SyncroClient, { asset }: Record<string, unknown>, doing: string): Record<string, unknown> {
	if (typeof asset === 'object' && asset !== null) return asset as Record<string, unknown>;
	throw malformed({ account: client.account, doing }, 'the answer holds no asset');
}
