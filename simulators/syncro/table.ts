/** Records by id. An id that was given once is not given again, whatever is deleted. */
export class Table<T extends { id: number }> extends Map<number, T> {
	private highest = 1000;

	/** @param noun what one record is called in complaints */
	constructor(readonly noun: string) {
		super();
	}

	override set(id: number, record: T): this {
		this.highest = Math.max(this.highest, id);
		return super.set(id, record);
	}

	nextId(): number {
		return ++this.highest;
	}

	/** These records and no others, as after a restart. */
	load(records: T[]): void {
		this.clear();
		this.highest = 1000;
		for (const record of records) {
			if (this.has(record.id)) throw new Error(`Seed: ${this.noun} ${record.id} is there twice.`);
			this.set(record.id, record);
		}
	}

	/** In the order of their ids. */
	ordered(): T[] {
		return [...this.values()].sort((a, b) => a.id - b.id);
	}
}
