import type { EmptyList } from '../../../sync/model/emptyList';
import type { Link, PairingRecord, Run } from '../../../sync/ledger/ledger';
import { shownExecutionId } from '../../../sync/ledger/rows';
import type { Pairing } from '../../../sync/model/pairing';

/** A run as an item: the pairing's parts lie flat, moments are ISO 8601 texts. */
export function runItem(run: Run): object {
	const { runId, status, pairing, executionId, workflowId, workflowName, sourceCount, planId, counts, message } = run;
	return {
		kind: 'run',
		runId,
		status,
		...pairing,
		...(message === undefined ? {} : { message }),
		startedAt: iso(run.startedAt),
		...(run.finishedAt === undefined ? { lockedUntil: iso(run.leaseUntil) } : { finishedAt: iso(run.finishedAt) }),
		executionId: shownExecutionId(executionId),
		...defined({ workflowId, workflowName, sourceCount, planId, counts }),
	};
}

export function pairingItem(record: PairingRecord): object {
	const { pairedAt, ...rest } = record;
	return { kind: 'pairing', ...rest, pairedAt: iso(pairedAt) };
}

/** @param withValues also what was last written, which holds personal data */
export function linkItem(link: Link, withValues: boolean): object {
	const { pairing, sourceId, recordId, rule, linkedAt, lastWritten } = link;
	return { kind: 'link', ...pairing, sourceId, recordId, rule, linkedAt: iso(linkedAt), ...(withValues ? { lastWritten } : {}) };
}

/** The list, or the item that says that it was read and is empty. */
export function orEmpty(items: object[], list: EmptyList['list'], note: string, pairing: Partial<Pairing> = {}): object[] {
	if (items.length > 0) return items;
	const marker: EmptyList = { kind: 'emptyList', list, note, ...pairing };
	return [marker];
}

export function iso(moment: number): string {
	return new Date(moment).toISOString();
}

function defined<T extends object>(values: T): Partial<T> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
