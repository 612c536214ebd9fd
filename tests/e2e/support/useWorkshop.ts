import { join } from 'node:path';
import { ROOT } from '../../../scripts/package/build';
import { openWorkshop, type Workshop, type WorkshopOptions } from '../../../scripts/workshop/workshop';

/** One n8n for all tests of a file, started before them and stopped after them. n8n needs about ten seconds to start. */
export function useWorkshop(name: string, options: Partial<WorkshopOptions> = {}): () => Workshop {
	let workshop: Workshop | undefined;
	jest.setTimeout(120_000);
	beforeAll(async () => {
		workshop = await openWorkshop({ folder: join(ROOT, '.build', 'e2e', name), progress: { say: () => undefined }, ...options });
	});
	afterAll(async () => await workshop?.stop());
	return () => {
		if (!workshop) throw new Error('n8n has not started.');
		return workshop;
	};
}

/** Waits until something is so. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, timeoutMilliseconds = 60_000): Promise<void> {
	const deadline = Date.now() + timeoutMilliseconds;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Not so after ${timeoutMilliseconds / 1000} s: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
