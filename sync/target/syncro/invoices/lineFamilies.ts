import { nameKey } from '../../../match/keys';
import { billedFamily, type InvoiceLine } from '../../../model/invoiceLine';
import { SyncError } from '../../../model/syncError';

/** Lines that bill a licence family under another name: by the line's own name, or by its product. */
export interface LineFamily {
	family: string;
	by: 'name' | 'productId';
	value: string;
}

/**
 * Tells which licence family each line bills, where the list says so, and how many lines of the customer bill the same.
 *
 * @param lines all of one customer
 * @throws SyncError (input) when the list gives a line to two families
 */
export function withFamilies(lines: readonly InvoiceLine[], families: readonly LineFamily[]): InvoiceLine[] {
	const listed = new Map<string, string>();
	for (const { family, by, value } of families) {
		const key = listKey(by, value);
		const known = listed.get(key);
		if (known !== undefined && nameKey(known) !== nameKey(family)) {
			throw new SyncError(`The list of lines gives the ${by === 'name' ? 'line' : 'product'} "${value}" to "${known}" and to "${family}".`, {
				class: 'input',
				code: 'syncro.lineFamilies',
				remedy: 'A line bills one licence family: take one of the two rows out of Lines Under Another Name.',
			});
		}
		listed.set(key, family);
	}
	const named = lines.map((line): InvoiceLine => {
		// A product says it more exactly than a name that somebody typed.
		const family = (line.productId === null ? undefined : listed.get(listKey('productId', line.productId))) ?? listed.get(listKey('name', line.name ?? ''));
		return family === undefined ? line : { ...line, family };
	});
	const counts = new Map<string, number>();
	for (const line of named) counts.set(familyKeyOf(line), (counts.get(familyKeyOf(line)) ?? 0) + 1);
	return named.map((line) => {
		const key = familyKeyOf(line);
		const several = key === '' ? 1 : counts.get(key)!;
		return several > 1 ? { ...line, linesOfFamily: several } : line;
	});
}

/** The family that a line bills, in the form in which families are compared; '' where it bills none. */
export function familyKeyOf(line: InvoiceLine): string {
	return nameKey(billedFamily(line));
}

function listKey(by: LineFamily['by'], value: string): string {
	return `${by} ${by === 'name' ? nameKey(value) : value.trim()}`;
}
