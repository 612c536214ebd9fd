import type { Match } from '../model/match';
import type { TargetDefinition } from '../model/targetRecord';
import type { Draft } from './decide';
import { heldValue } from './difference';

/**
 * Finds changes that would leave two records of the customer with one e-mail address: matching could never
 * tell them apart again. Records that share an address already and are not touched are no concern of a plan.
 *
 * @returns the drafts to be held, with the address that is taken
 */
export function emailCollisions(drafts: readonly Draft[], matches: readonly Match[], definition: TargetDefinition): Map<Draft, string> {
	const email = definition.field('email');
	const collisions = new Map<Draft, string>();
	if (!email) return collisions;
	const key = (value: unknown) => (typeof value === 'string' ? definition.normalise(email, value) : '');

	const setting = new Map<string, Draft>();
	const creating: Draft[] = [];
	const deleted = new Set<string>();
	for (const draft of drafts) {
		if (draft.action === 'delete') deleted.add(draft.recordId!);
		else if (draft.action === 'create') creating.push(draft);
		else if (emailOf(draft) !== undefined) setting.set(draft.recordId!, draft);
	}
	if (creating.length === 0 && setting.size === 0) return collisions;

	// Holding one change leaves its record's old address in place, which can collide with another change: repeat
	// until nothing more is held. Each round holds at least one, and real plans need one or two rounds.
	for (;;) {
		const holders = new Map<string, number>();
		const add = (address: string) => address !== '' && holders.set(address, (holders.get(address) ?? 0) + 1);
		const seen = new Set<string>();
		for (const match of matches) {
			for (const record of match.record ? [match.record] : (match.candidates ?? [])) {
				if (seen.has(record.id) || deleted.has(record.id)) continue;
				seen.add(record.id);
				const draft = setting.get(record.id);
				add(draft && !collisions.has(draft) ? key(emailOf(draft)) : key(heldValue(record, 'email')));
			}
		}
		for (const draft of creating) if (!collisions.has(draft)) add(key(emailOf(draft)));
		const before = collisions.size;
		for (const draft of [...creating, ...setting.values()]) {
			const address = key(emailOf(draft));
			if (!collisions.has(draft) && (holders.get(address) ?? 0) > 1) collisions.set(draft, address);
		}
		if (collisions.size === before) return collisions;
	}
}

function emailOf(draft: Draft): unknown {
	return draft.fields.find(({ field }) => field === 'email')?.after;
}
