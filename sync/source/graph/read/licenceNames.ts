import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';

/** What a SKU is called, and whether it costs nothing. */
export interface LicenceName {
	displayName: string;
	free: boolean;
}

/**
 * The name of a SKU.
 *
 * @param skuId GUID
 * @param skuPartNumber for SKUs that Microsoft's list does not have; without it the GUID stands in
 */
export type LicenceNames = (skuId: string, skuPartNumber?: string | null) => LicenceName;

/** A licence that Microsoft publishes, whether any tenant has it or not. */
export interface KnownLicence {
	/** GUID, lower case. */
	skuId: string;
	/** Short name, for example SPB; not always unique. */
	skuPartNumber: string;
	displayName: string;
}

interface KnownSkus {
	names: Map<string, string>;
	free: Set<string>;
	list: KnownLicence[];
}

/** Read at the first question: 600 names that most executions never need. */
let known: Promise<KnownSkus> | undefined;

/**
 * Names of licences by SKU GUID, since Graph has only short ones. Microsoft publishes them:
 * https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 *
 * @param own names that go before Microsoft's, by SKU GUID in any case
 */
export async function licenceNames(own: ReadonlyMap<string, string> = new Map()): Promise<LicenceNames> {
	const { names, free } = await (known ??= readKnownSkus());
	return (skuId, skuPartNumber) => {
		const id = skuId.toLowerCase();
		return { displayName: own.get(id) ?? names.get(id) ?? skuPartNumber ?? id, free: free.has(id) };
	};
}

/** Every licence that Microsoft publishes, by name; of the same names by short name. */
export async function knownLicences(): Promise<readonly KnownLicence[]> {
	return (await (known ??= readKnownSkus())).list;
}

async function readKnownSkus(): Promise<KnownSkus> {
	const data = join(__dirname, '..', 'data');
	const [{ parse }, csv, json] = await Promise.all([
		import('csv-parse/sync'),
		readFile(join(data, 'microsoft-skus.csv'), 'utf8'),
		readFile(join(data, 'free-skus.json'), 'utf8'),
	]);
	const names = new Map<string, string>();
	const list: KnownLicence[] = [];
	for (const row of parse(csv, { bom: true, columns: true, skip_empty_lines: true }) as Array<Record<string, string>>) {
		const id = row.sku_id.toLowerCase();
		// A few SKUs are listed twice, under their new name first.
		if (names.has(id)) continue;
		names.set(id, row.display_name);
		list.push({ skuId: id, skuPartNumber: row.sku_part_number.trim(), displayName: row.display_name });
	}
	list.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en') || a.skuPartNumber.localeCompare(b.skuPartNumber, 'en'));
	return { names, list, free: new Set((JSON.parse(json) as Array<{ GUID: string }>).map(({ GUID }) => GUID.toLowerCase())) };
}

/**
 * Names of the builder's own, as a person writes them: one `GUID = name` per line.
 *
 * @throws SyncError (input) for a line that is none
 */
export function ownLicenceNames(text: string): Map<string, string> {
	const names = new Map<string, string>();
	for (const line of text.split('\n').map((each) => each.trim()).filter(Boolean)) {
		const [, id = '', name = ''] = /^([^=\s]+)\s*=\s*(.+)$/.exec(line) ?? [];
		if (!isGuid(id)) {
			throw new SyncError(`"${line}" does not name a licence.`, {
				class: 'input',
				code: 'graph.licenceName',
				remedy: 'Write one line per licence: the SKU ID, an equals sign and the name, for example cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46 = Business Premium.',
			});
		}
		names.set(id.toLowerCase(), name);
	}
	return names;
}
