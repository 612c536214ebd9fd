import type { Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { optional, type Skipped } from '../transport/optional';
import { lastActivityOf, personActivity, type KnownActivity } from './personActivity';
import { recentSignIns, signInOf } from './recentSignIns';
import type { RawUser } from './userProjection';

/** Days that the reports look back at most. */
const LONGEST = 180;

/** Fills in `lastActivity`; of whom none is known it stays absent. */
export type LastActivity = (people: readonly Person[], raws: readonly RawUser[]) => Promise<void>;

/**
 * The day on which somebody last signed in or used a service or an app, by what the tenant lets be known: usage reports
 * look back half a year and end two or three days ago, sign-ins reach back for years and take Entra ID P1.
 *
 * @param options.few a single person: of sign-ins only that one's are asked for
 * @param options.onSkipped is told of what may not be read, except of sign-ins that are not licensed where the reports are
 *   read: nothing is to be done about that
 * @throws SyncError when one of them cannot be read for another reason
 */
export async function lastActivity(client: GraphClient, { few = false, onSkipped }: { few?: boolean; onSkipped?: (skipped: Skipped) => void }): Promise<LastActivity> {
	const read = async (signInsOf: () => Promise<Map<string, string>>): Promise<KnownActivity> => {
		const [reports, signIns] = await Promise.all([optional(async () => await personActivity(client, LONGEST)), optional(signInsOf)]);
		if (!reports.read) onSkipped?.({ ...reports.skipped, partly: signIns.read });
		if (!signIns.read && !(reports.read && signIns.skipped.reason === 'notLicensed')) onSkipped?.({ ...signIns.skipped, partly: reports.read });
		return { activity: reports.read ? reports.value : undefined, signIns: signIns.read ? signIns.value : undefined };
	};
	const everybody = few ? undefined : await read(async () => await recentSignIns(client));
	return async (people, raws) => {
		for (const [index, person] of people.entries()) {
			const known = everybody ?? (await read(async () => await signInOf(client, person.id)));
			const last = lastActivityOf(person.id, raws[index].userPrincipalName as string | null | undefined, known);
			if (last) person.lastActivity = last.slice(0, 10);
		}
	};
}
