const SECOND = 1000;

/** What was used within the last so many milliseconds. */
export class SlidingWindow {
	/** Use of one moment each, oldest first. */
	private entries: Array<{ at: number; amount: number }> = [];
	/** Entries before it have left the window. */
	private first = 0;
	private total = 0;

	constructor(private readonly milliseconds: number) {}

	add(at: number, amount: number): void {
		this.total += amount;
		const last = this.entries.at(-1);
		if (last?.at === at && this.first < this.entries.length) last.amount += amount;
		else this.entries.push({ at, amount });
	}

	sum(now: number): number {
		while (this.first < this.entries.length && this.entries[this.first].at <= now - this.milliseconds) this.total -= this.entries[this.first++].amount;
		if (this.first > 1000 && this.first * 2 > this.entries.length) {
			this.entries = this.entries.slice(this.first);
			this.first = 0;
		}
		return this.total;
	}

	/** Seconds until so much has left the window that one more call fits; 0 when it fits now. */
	secondsUntilBelow(now: number, limit: number): number {
		let left = this.sum(now);
		if (left < limit) return 0;
		for (let index = this.first; index < this.entries.length; index++) {
			const { at, amount } = this.entries[index];
			left -= amount;
			if (left < limit) return (at + this.milliseconds - now) / SECOND;
		}
		return 0;
	}
}
