import { createHash } from 'node:crypto';
import type { Change } from './change';
import { pairingKey, type Pairing } from './pairing';

/** What of a change decides what is written; the rest explains it. */
export type PlannedChange = Pick<Change, 'action' | 'sourceId' | 'recordId' | 'fields' | 'verifyBefore' | 'unlink' | 'replaces'>;

/**
 * The id of a plan: a fingerprint of its pairing and its changes, in no particular order. The same plan computed
 * again, in preview or not, has the same id; any difference gives another one.
 *
 * @param kind what made the plan
 * @param use 1 for the first time that a plan with these changes may be carried out; a held plan whose allowance was
 * used gets the next number, so that every allowance is a decision of its own
 */
export function planIdOf(kind: 'plan' | 'undo', pairing: Pairing, changes: readonly PlannedChange[], use = 1): string {
	return `${kind}-${digest(pairing, changes)}${use > 1 ? `-${use}` : ''}`;
}

/** Whether these changes are the plan of this id: whole, unaltered, nothing doubled, left out or added. */
export function isPlanOf(planId: string, pairing: Pairing, changes: readonly PlannedChange[]): boolean {
	const [, fingerprint] = /^(?:plan|undo)-([0-9a-f]{20})(?:-\d+)?$/.exec(planId) ?? [];
	return fingerprint === digest(pairing, changes);
}

function digest(pairing: Pairing, changes: readonly PlannedChange[]): string {
	const hash = createHash('sha256').update(pairingKey(pairing));
	const lines = changes.map(({ action, sourceId, recordId, fields, verifyBefore, unlink, replaces }) => {
		const values = fields.map(({ field, before, after }) => [field, before ?? null, after]).sort(([a], [b]) => compare(String(a), String(b)));
		return JSON.stringify([action, sourceId, recordId ?? null, values, verifyBefore === true, unlink === true, ...(replaces === undefined ? [] : [replaces])]);
	});
	for (const line of lines.sort(compare)) hash.update('\n').update(line);
	return hash.digest('hex').slice(0, 20);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
