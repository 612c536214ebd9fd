import type { Match } from '../model/match';
import type { TargetDefinition } from '../model/targetDefinition';
import type { Draft } from './decide';
import { heldValue } from './difference';

/**
 * Finds changes that would leave two records of the customer alike in the field that tells them apart (an e-mail
 * address): matching could never tell them apart again. Records that share a value already and are not touched are no concern of a plan.
 *
 * @returns the drafts to be held, with the value that is taken
 */
export function collisionsOf(drafts: readonly Draft[], matches: readonly Match[], definition: TargetDefinition): Map<Draft, string> {
	const unique = definition.uniqueField === undefined ? undefined : definition.field(definition.uniqueField);
	const collisions = new Map<Draft, string>();
	if (!unique) return collisions;
	const key = (value: unknown) => (typeof value === 'string' ? definition.normalise(unique, value) : '');

	const drafted = new Map<string, Draft>();
	const deleted = new Set<string>();
	/** Drafts by the address that they would set. */
	const claims = new Map<string, Draft[]>();
	for (const draft of drafts) {
		if (draft.action === 'delete') deleted.add(draft.recordId!);
		const change = draft.fields.find(({ field }) => field === unique.name);
		if (draft.action === 'delete' || !change) continue;
		// Also a change that clears the address: it frees the one that the record had.
		if (draft.recordId !== undefined) drafted.set(draft.recordId, draft);
		const address = key(change.after);
		if (address === '') continue;
		const others = claims.get(address);
		if (others) others.push(draft);
		else claims.set(address, [draft]);
	}
	if (claims.size === 0) return collisions;

	/** How many records would have each address in the end. */
	const holders = new Map<string, number>();
	const add = (address: string) => holders.set(address, (holders.get(address) ?? 0) + 1);
	/** The address that a record keeps when its draft is held. */
	const kept = new Map<Draft, string>();
	const seen = new Set<string>();
	for (const match of matches) {
		for (const record of match.record ? [match.record] : (match.candidates ?? [])) {
			if (seen.has(record.id) || deleted.has(record.id)) continue;
			seen.add(record.id);
			const address = key(heldValue(record, unique.name));
			const draft = drafted.get(record.id);
			if (draft) kept.set(draft, address);
			else if (address !== '') add(address);
		}
	}
	for (const [address, list] of claims) for (let n = 0; n < list.length; n++) add(address);

	// Holding a change leaves its record's old address in place, which can collide with another change in turn: each
	// address is looked at again only when it gained a holder, so that a chain of renames takes linear time.
	const queue = [...claims.keys()].filter((address) => holders.get(address)! > 1);
	for (let address = queue.pop(); address !== undefined; address = queue.pop()) {
		if (holders.get(address)! <= 1) continue;
		for (const draft of claims.get(address) ?? []) {
			if (collisions.has(draft)) continue;
			collisions.set(draft, address);
			holders.set(address, holders.get(address)! - 1);
			const old = kept.get(draft);
			if (!old) continue;
			add(old);
			if (claims.has(old)) queue.push(old);
		}
	}
	return collisions;
}
