import type { Call } from '../../http/call';
import { SyncError } from '../../model/syncError';
import type { SyncroClient } from './client';

export interface AssetType {
	id: string;
	name: string;
	/** Labels of its custom fields; undefined: Syncro does not tell. */
	fields?: string[];
}

/** The custom fields and asset types of an account. What Syncro does not tell is undefined. */
export interface AccountFields {
	/** Labels of the custom fields of customers. */
	customers?: string[];
	assetTypes?: AssetType[];
}

/**
 * Reads which custom fields and asset types the account has. Only the names of the lists in `GET /settings` are known
 * (contract: A4), so that a list which is empty, or whose entries have no name, counts as not told: nothing is refused
 * because of it. Of contacts Syncro tells nothing. A token that may not read the settings learns nothing.
 */
export async function accountFields(client: SyncroClient, call: Call = {}): Promise<AccountFields> {
	let settings: Record<string, unknown>;
	try {
		settings = await client.request({ ...call, method: 'GET', path: '/settings', doing: 'read which custom fields and asset types there are' });
	} catch (error) {
		if (error instanceof SyncError && error.code === 'syncro.permission') return {};
		throw error;
	}
	const { customers, assets } = settings as { customers?: Record<string, unknown>; assets?: Record<string, unknown> };
	const typeFields = namedEntries(assets?.asset_type_fields)?.filter(({ of }) => of !== undefined);
	return {
		customers: namedEntries(customers?.customer_fields)?.map(({ name }) => name),
		assetTypes: namedEntries(assets?.asset_types)?.map(({ id, name }): AssetType => {
			const fields = typeFields?.filter(({ of }) => of === id).map((field) => field.name) ?? [];
			return { id, name, ...(fields.length > 0 ? { fields } : {}) };
		}),
	};
}

function namedEntries(list: unknown): Array<{ id: string; name: string; of?: string }> | undefined {
	if (!Array.isArray(list) || list.length === 0) return undefined;
	const entries = (list as Array<Record<string, unknown> | null>).flatMap((entry) => (typeof entry?.name === 'string' && entry.name.trim() !== '' ? [entry] : []));
	if (entries.length === 0) return undefined;
	return entries.map(({ id, name, asset_type_id: of }) => ({ id: String(id), name: String(name), ...(of === undefined || of === null ? {} : { of: String(of) }) }));
}
