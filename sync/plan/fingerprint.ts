import { createHash } from 'node:crypto';
import { pairingKey, type Pairing } from '../model/pairing';
import type { Brake } from '../model/plan';
import type { Draft } from './decide';

/**
 * The id of a plan: what it would change and which brakes it trips, in no particular order. The same plan
 * computed again, in preview or not, has the same id; any difference gives another one.
 */
export function fingerprint(pairing: Pairing, drafts: readonly Draft[], brakes: readonly Brake[]): string {
	const hash = createHash('sha256').update(pairingKey(pairing));
	const lines = drafts.map(({ action, personId, recordId, fields }) =>
		JSON.stringify([action, personId, recordId ?? null, [...fields].sort((a, b) => compare(a.field, b.field)).map(({ field, before, after }) => [field, before ?? null, after])]),
	);
	for (const line of lines.sort(compare)) hash.update('\n').update(line);
	for (const { code, tripped, measured } of brakes) if (tripped) hash.update(`\n!${code} ${measured}`);
	return `plan-${hash.digest('hex').slice(0, 20)}`;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
