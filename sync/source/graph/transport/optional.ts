import { SyncError } from '../../../model/syncError';

/** A feature that a tenant does not have, or does not let the app use: left out, and told. */
export interface Skipped {
	kind: 'skipped';
	reason: 'notLicensed' | 'notPermitted';
	tenantId: string | null;
	message: string;
	remedy: string;
	/** What is made from it is made from something else as well, and comes from that alone. */
	partly?: boolean;
}

/** What may be missing without the run failing: its value, or why it was left out. */
export type Optional<T> = { read: true; value: T } | { read: false; skipped: Skipped };

/**
 * Lets a read be left out where the tenant has no licence for it or the app no permission; every other failure stays
 * one.
 */
export async function optional<T>(work: () => Promise<T>): Promise<Optional<T>> {
	try {
		return { read: true, value: await work() };
	} catch (error) {
		const skipped = skippedBy(error);
		if (!skipped) throw error;
		return { read: false, skipped };
	}
}

/** The error as a feature that is left out; undefined when it is another kind of failure. */
export function skippedBy(error: unknown): Skipped | undefined {
	if (!(error instanceof SyncError) || (error.class !== 'notLicensed' && error.class !== 'notPermitted')) return undefined;
	return { kind: 'skipped', reason: error.class, tenantId: error.tenantId ?? null, message: error.message, remedy: error.remedy };
}
