import type { AuthenticationStatus } from '../../../model/authentication';
import type { Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { optional, type Skipped } from '../transport/optional';
import { registrationPages } from './registrationDetails';
import type { RawUser } from './userProjection';

/** Good for resetting a password or for one day, and no second factor: https://learn.microsoft.com/entra/identity/authentication/concept-authentication-methods */
const NO_SECOND_FACTOR = new Set(['email', 'password', 'securityQuestion', 'temporaryAccessPass']);

interface Registered {
	capable?: boolean;
	methods: string[];
}

/** Fills in `mfaStatus` and `mfaMethods`, whichever were chosen; of whom nothing is known they stay absent. */
export type MfaStatus = (people: readonly Person[], raws: readonly RawUser[]) => Promise<void>;

/**
 * Who can sign in with a second factor, by the tenant's one report. Nothing is known of anybody without Entra ID P1, of
 * disabled people (the report leaves them out, and has an old row of some), and of those who are not in it (yet).
 *
 * @param options.few a single person: only that row is asked for
 * @param options.onSkipped is told when the report may not be read
 * @throws SyncError when it cannot be read for another reason
 */
export async function mfaStatus(client: GraphClient, chosen: ReadonlySet<string>, { few = false, onSkipped }: { few?: boolean; onSkipped?: (skipped: Skipped) => void }): Promise<MfaStatus> {
	const read = async (userPrincipalName?: string) => {
		const report = await optional(async () => await registered(client, userPrincipalName));
		if (!report.read) onSkipped?.(report.skipped);
		return report.read ? report.value : new Map<string, Registered>();
	};
	const everybody = few ? undefined : await read();
	return async (people, raws) => {
		for (const [index, person] of people.entries()) {
			if (raws[index].accountEnabled === false) continue;
			const known = (everybody ?? (await read(String(raws[index].userPrincipalName)))).get(person.id);
			if (!known) continue;
			if (chosen.has('mfaStatus') && known.capable !== undefined) person.mfaStatus = known.capable ? 'enabled' : 'disabled';
			if (chosen.has('mfaMethods')) person.mfaMethods = [...known.methods];
		}
	};
}

/** By object id. */
async function registered(client: GraphClient, userPrincipalName: string | undefined): Promise<Map<string, Registered>> {
	const rows = new Map<string, Registered>();
	for await (const page of registrationPages(client, userPrincipalName)) {
		if (page.kind === 'restart') rows.clear();
		else for (const row of page.items) rows.set(row.personId, registeredBy(row));
	}
	return rows;
}

function registeredBy({ mfaCapable, methods }: AuthenticationStatus): Registered {
	return { capable: mfaCapable, methods: methods.filter((method) => !NO_SECOND_FACTOR.has(method)) };
}
