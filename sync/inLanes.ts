/** Tenants that are read at once: their quotas are their own, so this is about this machine's connections and memory. */
export const TENANTS_SIDE_BY_SIDE = 100;

/**
 * Does the work for every item, so many at once, beginning in their order. After the first failure nothing new is
 * begun; what is under way is waited for.
 *
 * @throws the first failure
 */
export async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
	let next = 0;
	let failed = false;
	let failure: unknown;
	const lane = async () => {
		while (next < items.length && !failed) {
			const index = next++;
			try {
				await work(items[index], index);
			} catch (error) {
				if (!failed) failure = error;
				failed = true;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
	if (failed) throw failure;
}
