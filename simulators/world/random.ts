import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function hex(value: number, digits: number): string {
	return value.toString(16).padStart(digits, '0');
}

/** A version 4 GUID from the next four numbers. */
export function randomGuid(random: () => number): string {
	const part = () => Math.floor(random() * 0x1_0000_0000);
	const [a, b, c, d] = [part(), part(), part(), part()];
	const high = hex(b, 8);
	const low = hex(c, 8);
	const variant = hex(0x8 | (parseInt(low[0], 16) & 0x3), 1);
	return `${hex(a, 8)}-${high.slice(0, 4)}-4${high.slice(5)}-${variant}${low.slice(1, 4)}-${low.slice(4)}${hex(d, 8)}`;
}

/** The same text gives the same GUID. */
export function guidOf(text: string): string {
	const digest = createHash('sha256').update(text).digest('hex');
	return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
