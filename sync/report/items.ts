import { isEmptyList, type EmptyList } from '../model/emptyList';
import { SyncError } from '../model/syncError';
import { table, type Block } from './blocks';
import { many } from './wording';

/** Something that a report cannot tell of, and what to do about it. */
export interface NotRead {
	tenantId?: string;
	message: string;
	remedy?: string;
}

/** What arrived at a report: its records, and what takes the place of those that could not be read. */
export interface ReportItems {
	records: Array<Record<string, unknown>>;
	notRead: NotRead[];
	/** Tenants of the records and of empty lists. */
	tenantIds: Set<string>;
}

/** What a report can tell of. */
export interface Reportable {
	kinds: readonly string[];
	/** The marker that stands for an empty list of these. */
	list: EmptyList['list'];
	/** For messages: who gives such items. */
	reader: string;
}

/**
 * Sorts the items that arrived at a report. What a tenant skipped, and what failed
 * where the builder chose to go on, belongs into the report: a tenant that is missing would look as if all were well.
 *
 * @throws SyncError (input) for anything else
 */
export function reportItems(items: readonly unknown[], { kinds, list, reader }: Reportable): ReportItems {
	const sorted: ReportItems = { records: [], notRead: [], tenantIds: new Set() };
	items.forEach((item, index) => {
		const record = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
		if (record.kind === 'skipped') {
			const { tenantId, message, remedy } = record;
			sorted.notRead.push({ ...(typeof tenantId === 'string' ? { tenantId } : {}), message: String(message), remedy: String(remedy) });
		} else if (record.kind === undefined && record.error !== undefined) {
			sorted.notRead.push({ message: messageOf(record.error), ...(typeof record.remedy === 'string' ? { remedy: record.remedy } : {}) });
		} else if (kinds.includes(String(record.kind))) {
			sorted.records.push(record);
			if (typeof record.tenantId === 'string') sorted.tenantIds.add(record.tenantId);
		} else if (isEmptyList(record) && record.list === list) {
			if (record.tenantId !== undefined) sorted.tenantIds.add(record.tenantId);
		} else {
			throw new SyncError(`Item ${index + 1} is ${describe(record)}, which this report cannot tell of.`, {
				class: 'input',
				code: 'report.wrongItem',
				remedy: `Connect ${reader} to this input. Nothing was reported.`,
			});
		}
	});
	return sorted;
}

function describe(record: Record<string, unknown>): string {
	if (isEmptyList(record)) return `an empty list of ${record.list}`;
	return typeof record.kind === 'string' ? `a "${record.kind}"` : 'something else';
}

/** n8n gives an error as a text or as an object with one. */
function messageOf(error: unknown): string {
	return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** The table of what could not be read; none where everything could. */
export function notReadBlocks(notRead: readonly NotRead[], rows: number): Block[] {
	if (notRead.length === 0) return [];
	return [{ heading: 'Not known' }, table(['What could not be read', 'What to do'], notRead, ({ message, remedy }) => [message, remedy ?? ''], rows)];
}

/** For the end of a headline: nobody may take what was not seen for nothing found. */
export function notReadText(notRead: readonly NotRead[]): string {
	return notRead.length === 0 ? '' : ` ${many(notRead.length, 'thing', 'things')} could not be looked at.`;
}
