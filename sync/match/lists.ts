import { isEmptyList, type EmptyList } from '../model/emptyList';
import type { Pairing } from '../model/pairing';
import type { Whereabouts } from '../model/person';
import type { SourceRecord } from '../model/sourceRecord';
import { SyncError } from '../model/syncError';
import type { TargetDefinition } from '../model/targetDefinition';
import type { TargetRecord } from '../model/targetRecord';

/** Where the fields lie in lists that do not come from this package's own readers. */
export interface ForeignNames {
	tenantId: string;
	sourceId: string;
	sourceEmail: string;
	target: string;
	account: string;
	customerId: string;
	recordId: string;
	recordEmail: string;
	recordName: string;
}

export interface Lists {
	pairing: Pairing;
	sources: SourceRecord[];
	/** What the source list is of, where it tells: ids are looked up among records of that kind. Undefined for several kinds together. */
	sourceKind?: string;
	/** The source list holds only what changed (User → Get Changes). */
	incremental: boolean;
	/** What the source list says is not in it any more, and where it is. */
	elsewhere: Map<string, Whereabouts>;
	records: TargetRecord[];
}

/** What must be known of a target to read and match its lists. */
export type ListedKinds = Pick<
	TargetDefinition,
	'nouns' | 'sourceKinds' | 'sourceLists' | 'recordKind' | 'recordList' | 'readers' | 'adoptBy' | 'linkedRecord' | 'linkedKind' | 'outlivesSource' | 'rules' | 'sourceIdField' | 'openOnly'
>;

/** For lists from elsewhere whose target this package does not know: they can be matched, and nothing more. */
export const FOREIGN_KINDS: ListedKinds = {
	nouns: { source: 'record', sources: 'source records', record: 'record', records: 'records' },
	sourceKinds: ['person'],
	sourceLists: ['people'],
	recordKind: 'contact',
	recordList: 'contacts',
	readers: { sources: 'the node that reads them', records: 'the node that reads them' },
	adoptBy: [],
};

/**
 * Checks the two lists that arrived at a match and finds out which pairing they belong to. An empty list is
 * known by its marker; a list without any item did not arrive.
 *
 * @param kindsOf what belongs to a target, by its name; throws for one that does not exist
 * @param foreign names the fields of lists from elsewhere; without it only this package's items are taken
 * @throws SyncError class `input`: a list that did not arrive, an item that is no record of that list (an error
 * of the node before, an empty item, a recovered one), the same id twice, several tenants or customers, a whole list
 * mixed with changes
 */
export function readLists(source: readonly unknown[], target: readonly unknown[], kindsOf: (target: string) => ListedKinds, foreign?: ForeignNames): Lists {
	arrived(target, 'target', 'records of the target, for example contacts', 'Syncro → Contact → Get Many');
	const kinds = kindsOf(targetOf(target, foreign));
	const { nouns, sourceKinds, recordKind, readers } = kinds;
	arrived(source, 'source', nouns.sources, readers.sources);

	const tenants = new Set<string>();
	const told = collect(source, 'source', kinds.sourceLists, (item, position) => {
		const record = foreign ? foreignSource(item, foreign, sourceKinds) : item;
		if (!sourceKinds.includes(record.kind as string)) wrongKind('source', position, nouns.source, record);
		identify(record.id, 'source', position, 'id');
		identify(record.tenantId, 'source', position, 'tenantId');
		tenants.add(record.tenantId as string);
		return record as unknown as SourceRecord;
	});
	for (const item of source) if (isEmptyList(item)) tenants.add(item.tenantId ?? foreign?.tenantId ?? '');

	const customers = new Map<string, Omit<Pairing, 'tenantId'>>();
	const noteCustomer = ({ target: name, account, customerId }: Partial<Pairing>) => {
		const customer = { target: String(name ?? ''), account: String(account ?? ''), customerId: String(customerId ?? '') };
		customers.set(JSON.stringify(customer), customer);
	};
	const records = collect(target, 'target', [kinds.recordList], (item, position) => {
		const record = foreign ? foreignRecord(item, foreign, recordKind) : item;
		if (record.kind !== recordKind) wrongKind('target', position, nouns.record, record);
		identify(record.id, 'target', position, 'id');
		identify(record.customerId, 'target', position, 'customerId');
		noteCustomer(record as Partial<Pairing>);
		return record as unknown as TargetRecord;
	});
	for (const item of target) if (isEmptyList(item)) noteCustomer(foreign ? { ...foreign, ...item } : item);

	const incomplete = records.find(({ of }) => typeof of === 'number' && of !== records.length);
	if (incomplete) {
		throw new SyncError(`${records.length} ${nouns.records} arrived, but the customer has ${incomplete.of}.`, {
			class: 'input',
			code: 'match.incompleteRecords',
			remedy: `Connect ${readers.records} directly to this input: what belongs to a ${nouns.record} that was filtered out would be created a second time.`,
		});
	}
	unique(told, 'source', nouns.sources);
	unique(records, 'target', nouns.records);
	const tenantId = only([...tenants], 'tenant', 'source');
	const customer = only([...customers.values()], 'customer', 'target');
	if (!tenantId || !customer.target || !customer.customerId) {
		throw new SyncError('The empty list that arrived does not say which tenant or customer it belongs to.', {
			class: 'input',
			code: 'match.unknownPairing',
			remedy: 'Read the lists with the nodes of this package, or fill in Tenant ID and Customer ID under Lists From Elsewhere.',
		});
	}
	const sources = told.filter(({ whereabouts }) => whereabouts === undefined);
	const elsewhere = new Map(told.flatMap(({ id, whereabouts }): Array<[string, Whereabouts]> => (whereabouts === undefined ? [] : [[id, whereabouts as Whereabouts]])));
	const present = new Set(told.map(({ kind }) => kind));
	const [sourceKind, another] = present.size > 0 ? present : sourceKinds;
	return { ...(another === undefined ? { sourceKind } : {}), pairing: { tenantId, ...customer }, sources, incremental: isIncremental(source), elsewhere, records };
}

/** The target that the records, or the marker of their empty list, name first; several are refused later. */
function targetOf(target: readonly unknown[], foreign: ForeignNames | undefined): string {
	const named = target.map((item) => (typeof item === 'object' && item !== null ? (item as Item).target : undefined)).find((name) => typeof name === 'string' && name !== '');
	return (named as string | undefined) ?? foreign?.target ?? 'syncro';
}

/** A list of changes says so on every item. @throws SyncError (input) when only some of them do */
function isIncremental(source: readonly unknown[]): boolean {
	const incremental = (source as Item[]).filter(({ mode }) => mode === 'incremental').length;
	if (incremental === 0 || incremental === source.length) return incremental > 0;
	throw new SyncError(`${incremental} of the ${source.length} items of the source list are changes; the others belong to a whole list.`, {
		class: 'input',
		code: 'match.mixedModes',
		remedy: 'Match either a list of changes (Get Changes) or a whole one (Get Many), and join only lists of the same kind. Nothing was matched or written.',
	});
}

type Item = Record<string, unknown>;

function arrived(items: readonly unknown[], side: string, what: string, reader: string): void {
	if (items.length > 0) return;
	throw new SyncError(`The ${side} list did not arrive: nothing came in at the input for ${what}.`, {
		class: 'input',
		code: 'match.listDidNotArrive',
		remedy:
			`Connect exactly one wire to this input, from ${reader} (put a Merge node before it to join several lists), and make sure that ` +
			'nothing in between filters the list away. A list that is really empty arrives as one item that says so, so this is not taken for "everybody is gone".',
	});
}

function collect<T>(items: readonly unknown[], side: string, lists: ReadonlyArray<EmptyList['list']>, read: (item: Item, position: number) => T): T[] {
	const list: T[] = [];
	for (let index = 0; index < items.length; index++) {
		const item = items[index];
		if (isEmptyList(item)) {
			if (!lists.includes(item.list)) throw malformed(side, index + 1, `it says that a list of ${item.list} is empty, not of ${lists[0]}`);
			// Of several lists that are joined, one may be empty.
			if (items.length > 1 && lists.length === 1) throw malformed(side, index + 1, 'it says that the list is empty, but there are other items beside it');
			continue;
		}
		list.push(read(plain(item, side, index + 1), index + 1));
	}
	return list;
}

function plain(item: unknown, side: string, position: number): Item {
	if (typeof item !== 'object' || item === null || Array.isArray(item)) throw malformed(side, position, 'it is no record');
	const record = item as Item;
	if (record.isArtificialRecoveredEventItem === true) throw malformed(side, position, 'n8n made it up while it recovered a crashed execution. Execute the workflow from its start');
	if (record.kind === undefined && record.error !== undefined) throw malformed(side, position, `it is an error of the node before (${shorten(record.error)})`);
	if (Object.keys(record).length === 0) throw malformed(side, position, 'it is empty (switch off "Always Output Data" on the node before)');
	return record;
}

function foreignSource(item: Item, names: ForeignNames, kinds: readonly string[]): Item {
	if (kinds.includes(item.kind as string)) return item;
	return { ...item, kind: kinds[0], tenantId: names.tenantId, id: objectId(item[names.sourceId]), email: item[names.sourceEmail] };
}

function foreignRecord(item: Item, names: ForeignNames, kind: string): Item {
	if (item.kind === kind) return item;
	const { target, account, customerId } = names;
	return { ...item, kind, target, account, customerId, id: asText(item[names.recordId]), email: item[names.recordEmail], name: item[names.recordName] };
}

/** Entra's object ids are GUIDs, which mean the same in upper case. */
function objectId(value: unknown): unknown {
	const text = asText(value);
	return typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : text;
}

function asText(value: unknown): unknown {
	return typeof value === 'number' ? String(value) : value;
}

function wrongKind(side: string, position: number, wanted: string, item: Item): never {
	const found = typeof item.kind === 'string' ? `a "${shorten(item.kind)}"` : 'something else';
	throw malformed(side, position, `a ${wanted} was expected and ${found} came. If this list comes from elsewhere, name its fields under Lists From Elsewhere`);
}

function identify(value: unknown, side: string, position: number, field: string): void {
	if (typeof value !== 'string' || value.trim() === '') throw malformed(side, position, `its "${field}" is missing or is not text`);
}

function unique(list: ReadonlyArray<{ id: string }>, side: string, what: string): void {
	const seen = new Set<string>();
	for (let index = 0; index < list.length; index++) {
		if (seen.has(list[index].id)) throw malformed(side, index + 1, `the id ${list[index].id} came twice, so the list of ${what} is joined or doubled on its way`);
		seen.add(list[index].id);
	}
}

function only<T>(values: T[], what: string, side: string): T {
	if (values.length === 1) return values[0];
	throw new SyncError(`The ${side} list holds records of ${values.length} ${what}s: ${values.slice(0, 3).map((value) => (typeof value === 'string' ? value : Object.values(value as object).join('/'))).join(', ')}.`, {
		class: 'input',
		code: 'match.severalPairings',
		remedy: `Match one tenant with one customer at a time: put the steps into a sub-workflow and run it once per pairing, so that no record ever crosses from one ${what} to another.`,
	});
}

function malformed(side: string, position: number, why: string): SyncError {
	return new SyncError(`Item ${position} of the ${side} list cannot be used: ${why}.`, {
		class: 'input',
		code: 'match.malformedItem',
		remedy: 'Nothing was matched or written. Look at the output of the node before this one.',
	});
}

function shorten(value: unknown): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
