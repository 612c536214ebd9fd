/** A window is kept in so many parts, each as old as its youngest entry: what it forgets, it forgets late. */
const PARTS = 100;

/** What was used within the last so many milliseconds. Takes the same small room however much is used. */
export class SlidingWindow {
	private readonly parts: Array<{ at: number; amount: number }> = [];
	private used = 0;

	/** @param milliseconds as the service counts them; requests may arrive closer together than they left, so the window is a little longer */
	constructor(milliseconds: number) {
		this.milliseconds = milliseconds + Math.min(1_000, milliseconds / 20);
	}

	private readonly milliseconds: number;

	/** Milliseconds from now until so much fits below the limit; 0 when it fits now. */
	wait(now: number, amount: number, limit: number): number {
		this.forget(now);
		let left = this.used;
		if (left + amount <= limit) return 0;
		for (const part of this.parts) {
			left -= part.amount;
			if (left + amount <= limit) return Math.max(1, Math.ceil(part.at + this.milliseconds - now));
		}
		// More than a whole window holds: as soon as the window is empty.
		return this.parts.length === 0 ? 0 : Math.max(1, Math.ceil(this.parts.at(-1)!.at + this.milliseconds - now));
	}

	/** @param amount may be negative: what was counted too much */
	add(now: number, amount: number): void {
		this.used += amount;
		const last = this.parts.at(-1);
		const length = this.milliseconds / PARTS;
		if (last && Math.floor(last.at / length) === Math.floor(now / length)) {
			last.amount += amount;
			last.at = Math.max(last.at, now);
		} else this.parts.push({ at: now, amount });
	}

	private forget(now: number): void {
		let gone = 0;
		while (gone < this.parts.length && this.parts[gone].at <= now - this.milliseconds) this.used -= this.parts[gone++].amount;
		if (gone > 0) this.parts.splice(0, gone);
	}
}
