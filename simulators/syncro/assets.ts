import type { SimulatedResponse } from '../base/server';
import { existing, notFound, page, refusedWithMessages } from './answers';
import { readBody, type Body } from './body';
import { keptProperties, writtenProperties } from './customFields';
import { like } from './like';
import { integerParameter, type Call, type Route } from './route';
import { EPOCH, type SyncroAssetSeed, type SyncroAssetTypeSeed } from './seed';
import type { SyncroState } from './state';

export interface SyncroAsset {
	id: number;
	name: string;
	customer_id: number | null;
	contact_id: number | null;
	created_at: string;
	updated_at: string;
	properties: Record<string, unknown>;
	/** The type's name; its id is not readable. */
	asset_type: string;
	asset_serial: string | null;
	external_rmm_link: string | null;
	has_live_chat: boolean;
	snmp_enabled: boolean | null;
}

/** `contact_id` is in no documented body; Syncro takes or ignores it. */
const WRITABLE = {
	asset_type_name: 'string', asset_type_id: 'integer', properties: 'object', name: 'string', customer_id: 'integer', asset_serial: 'string',
	contact_id: 'integerOrNull',
} as const;

type AssetBody = Body<typeof WRITABLE>;

export const ASSET_ROUTES: Route[] = [
	{
		method: 'GET',
		path: /^\/customer_assets$/,
		permission: 'Assets - List/Search',
		parameters: ['customer_id', 'asset_type_id', 'query', 'snmp_enabled', 'page', 'per_page'],
		respond: listAssets,
	},
	{ method: 'POST', path: /^\/customer_assets$/, permission: 'Assets - Create', respond: createAsset },
	{ method: 'GET', path: /^\/customer_assets\/(\d+)$/, permission: 'Assets - View Details', respond: getAsset },
	{ method: 'PUT', path: /^\/customer_assets\/(\d+)$/, permission: 'Assets - Edit', respond: updateAsset },
	// Syncro has no such request, and answers it as any address that it does not know.
	{ method: 'DELETE', path: /^\/customer_assets\/(\d+)$/, respond: ({ quirks }) => { throw notFound(quirks, 'Page'); } },
];

/** `GET /customer_assets`, in the order of their ids. */
function listAssets({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const customerId = integerParameter(url, 'customer_id');
	const typeId = integerParameter(url, 'asset_type_id');
	const typeName = state.assetTypes.find(({ id }) => id === typeId)?.name;
	const snmp = url.searchParams.get('snmp_enabled');
	const found = state.assets
		.ordered()
		.filter((asset) => customerId === null || asset.customer_id === customerId)
		.filter((asset) => typeId === null || asset.asset_type === typeName)
		.filter((asset) => snmp === null || String(asset.snmp_enabled ?? false) === snmp)
		.filter((asset) => like([asset.name, asset.asset_serial].join(' '), url.searchParams.get('query')));
	const assets = found.map((asset) => shown(state, asset));
	return { status: 200, body: page('assets', assets, url, { perPage: quirks.assetsPerPage, meta: quirks.assetsMeta }) };
}

function getAsset({ state, quirks, id }: Call): SimulatedResponse {
	return { status: 200, body: { asset: shown(state, existing(state.assets, id, quirks)) } };
}

/** `POST /customer_assets`: the asset type must exist, and `properties` are not stored: a following PUT sets them. */
function createAsset({ request, state, quirks }: Call): SimulatedResponse {
	const body = readBody(request, 'an asset', WRITABLE);
	const type = typeOf(state, body);
	const sentences = [
		...(type ? [] : ["Asset type can't be blank"]),
		...(state.assetTypes.length > 0 ? [] : ['Name You must have an asset type first, please go create one']),
		...complaints(state, body, true),
	];
	if (!type || sentences.length > 0) throw refusedWithMessages(sentences, body);
	const moment = state.moment();
	const refuse = (sentence: string) => {
		throw refusedWithMessages([sentence], body);
	};
	const sent = (quirks.assetPropertiesOnPost === 'store' && body.properties) || {};
	const asset: SyncroAsset = {
		...assetOf({ id: state.assets.nextId(), customer_id: body.customer_id!, name: body.name!, asset_type: type.name, asset_serial: body.asset_serial }),
		created_at: moment,
		updated_at: moment,
		properties: keptProperties(quirks, { sent, fields: type.fields ?? [], refuse }),
	};
	state.assets.set(asset.id, asset);
	return { status: 200, body: { asset: shown(state, asset) } };
}

/** `PUT /customer_assets/{id}`: what is not named stays, but for `properties` where the account replaces them. */
function updateAsset({ request, state, quirks, id }: Call): SimulatedResponse {
	const asset = existing(state.assets, id, quirks);
	const body = readBody(request, 'an asset', WRITABLE);
	const named = body.asset_type_name !== undefined || body.asset_type_id !== undefined;
	const type = named ? typeOf(state, body) : state.assetTypes.find(({ name }) => name === asset.asset_type);
	const sentences = [...(type ? [] : ["Asset type can't be blank"]), ...complaints(state, body, false)];
	if (!type || sentences.length > 0) throw refusedWithMessages(sentences);
	const refuse = (sentence: string) => {
		throw refusedWithMessages([sentence]);
	};
	if (body.properties) asset.properties = writtenProperties(quirks, { before: asset.properties, sent: body.properties, fields: type.fields ?? [], refuse });
	if (body.contact_id !== undefined && quirks.assetContactOnPut === 'store') asset.contact_id = body.contact_id;
	asset.asset_type = type.name;
	asset.name = body.name!;
	asset.customer_id = body.customer_id ?? asset.customer_id;
	asset.asset_serial = body.asset_serial ?? asset.asset_serial;
	asset.updated_at = state.moment();
	return { status: 200, body: { asset: shown(state, asset) } };
}

function complaints(state: SyncroState, { name, customer_id }: AssetBody, customerRequired: boolean): string[] {
	const unknownCustomer = customer_id === undefined ? customerRequired : !state.customers.has(customer_id);
	return [...(name?.trim() ? [] : ["Name can't be blank"]), ...(unknownCustomer ? ["Customer can't be blank"] : [])];
}

function typeOf(state: SyncroState, { asset_type_id, asset_type_name }: AssetBody): SyncroAssetTypeSeed | undefined {
	return state.assetTypes.find(({ id, name }) => (asset_type_id === undefined ? name === asset_type_name : id === asset_type_id));
}

function shown(state: SyncroState, asset: SyncroAsset): object {
	const customer = asset.customer_id === null ? undefined : state.customers.get(asset.customer_id);
	return {
		...asset,
		customer: customer ? { id: customer.id, business_name: customer.business_name, email: customer.email } : null,
		rmm_links: [],
		rmm_store: { asset_id: asset.id, account_id: 1, triggers: {} },
		address: null,
	};
}

export function assetOf(seed: SyncroAssetSeed): SyncroAsset {
	return {
		id: seed.id,
		name: seed.name,
		customer_id: seed.customer_id,
		contact_id: seed.contact_id ?? null,
		created_at: EPOCH,
		updated_at: EPOCH,
		properties: { ...seed.properties },
		asset_type: seed.asset_type,
		asset_serial: seed.asset_serial ?? null,
		external_rmm_link: null,
		has_live_chat: false,
		snmp_enabled: null,
	};
}
