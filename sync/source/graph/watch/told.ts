/** For each of this many objects per trigger what was last told is remembered; the oldest is forgotten first. */
const MOST_OBJECTS = 10_000;

/**
 * What each trigger told by notifications lately, so that the round that looks for missed changes does not tell it
 * again. In this process only: where notifications arrive in another one, a change may be told twice; none is lost.
 */
export class Told {
	private readonly byTrigger = new Map<string, Map<string, { state: string; at: number }>>();

	/** @param at milliseconds since 1970 */
	note(trigger: string, record: object & { id: string }, at: number): void {
		let told = this.byTrigger.get(trigger);
		if (!told) this.byTrigger.set(trigger, (told = new Map()));
		// Noted anew it stands last.
		told.delete(record.id);
		told.set(record.id, { state: JSON.stringify(record), at });
		for (const [id] of told) {
			if (told.size <= MOST_OBJECTS) break;
			told.delete(id);
		}
	}

	/** Exactly this was told. */
	has(trigger: string, record: object & { id: string }): boolean {
		return this.byTrigger.get(trigger)?.get(record.id)?.state === JSON.stringify(record);
	}

	/** What is told of it now comes by another way, and is not to be compared with. */
	forget(trigger: string, id: string): void {
		this.byTrigger.get(trigger)?.delete(id);
	}

	/** What was told before this moment has been looked at by a round and comes no more. */
	forgetBefore(trigger: string, at: number): void {
		const told = this.byTrigger.get(trigger);
		for (const [id, each] of told ?? []) if (each.at < at) told!.delete(id);
		if (told?.size === 0) this.byTrigger.delete(trigger);
	}
}
