/** An object with its place in lists. Lists are in the order in which objects came into them. */
export interface Placed {
	/** GUID in lower case. */
	id: string;
	/** Grows; an object that comes back gets a new one. */
	sequence: number;
	deletedDateTime?: string | null;
}

/** The objects of one kind: those that live, and those that were deleted and can be restored. */
export class DirectoryObjects<T extends Placed> {
	/** By sequence. */
	readonly live: T[] = [];
	/** By sequence. */
	readonly removed: T[] = [];
	private readonly byId = new Map<string, T>();
	private nextSequence = 1;

	/** @param what names the kind in complaints: `user` */
	constructor(private readonly what: string) {}

	/** Takes the object itself, not a copy. */
	add(object: Omit<T, 'sequence'>): T {
		const added = Object.assign(object, { sequence: this.nextSequence++ }) as unknown as T;
		this.live.push(added);
		this.byId.set(added.id, added);
		return added;
	}

	/** Puts an object among the deleted ones from the start. */
	addRemoved(object: Omit<T, 'sequence'>): void {
		this.removed.push(Object.assign(object, { sequence: this.nextSequence++ }) as unknown as T);
	}

	/** Whatever the case of the id. */
	find(id: string): T | undefined {
		return this.byId.get(id.toLowerCase());
	}

	findRemoved(id: string): T | undefined {
		return this.removed.find((object) => object.id === id.toLowerCase());
	}

	/** As `find`, for tests: an unknown object throws. */
	get(id: string): T {
		const found = this.find(id);
		if (!found) throw new Error(`No ${this.what} ${id}`);
		return found;
	}

	/** @param at ISO 8601 */
	softDelete(object: T, at: string): void {
		this.take(object);
		this.removed.push(Object.assign(object, { deletedDateTime: at, sequence: this.nextSequence++ }));
	}

	restore(id: string): T {
		const object = this.takeRemoved(id);
		if (!object) throw new Error(`No soft-deleted ${this.what} ${id}`);
		delete object.deletedDateTime;
		return this.add(object);
	}

	/** Deletes an object, live or soft-deleted, for good. */
	hardDelete(id: string): T {
		const object = this.find(id);
		if (object) return this.take(object);
		const removed = this.takeRemoved(id);
		if (!removed) throw new Error(`No ${this.what} ${id}, live or deleted`);
		return removed;
	}

	private take(object: T): T {
		this.live.splice(this.live.indexOf(object), 1);
		this.byId.delete(object.id);
		return object;
	}

	private takeRemoved(id: string): T | undefined {
		const index = this.removed.findIndex((object) => object.id === id.toLowerCase());
		return index < 0 ? undefined : this.removed.splice(index, 1)[0];
	}
}
