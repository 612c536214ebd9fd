import type { Person } from '../../../model/person';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { optional, skippedBy, type Skipped } from '../transport/optional';
import type { Reading } from '../transport/reading';
import { MAILBOX_USAGE, usagePages } from './usageReports';
import { userTypeOf, type RawUser } from './userProjection';

/** `GET /users/{id}/mailboxSettings/userPurpose`, answered by Exchange Online. */
export const MAILBOX_PURPOSE: Reading = {
	what: 'kinds of mailboxes',
	permission: 'MailboxSettings.Read',
	alsoBy: ['MailboxSettings.ReadWrite'],
	role: 'Global Reader',
	resourceUnits: 0,
	quotas: ['mailboxSettings'],
};

export const MAILBOX_KINDS_FEATURE: Feature = {
	key: 'mailboxKinds',
	name: 'Tell kinds of mailboxes',
	description: 'User → the property Mailbox Kind, of people whom the mailbox usage report does not name',
	required: false,
	reading: MAILBOX_PURPOSE,
};

/** Tells the kinds of mailboxes of people, a page at a time. */
export interface MailboxKinds {
	/** Fills in `mailboxKind`; of people whose mailbox cannot be read it stays absent. */
	tell(people: readonly Person[], raws: readonly RawUser[]): Promise<void>;
}

/**
 * The mailbox usage report names the kind of every mailbox in one request, but lags some days behind, may conceal names
 * and lacks that column in some tenants. Whom it does not name is asked for by itself, where there can be a mailbox.
 *
 * @param options.onSkipped is told once when neither may be read
 * @param options.few there are few people: each mailbox is asked for first, and the report, of which a tenant gives only
 *   14 in ten minutes, where that is refused
 */
export async function mailboxKinds(client: GraphClient, { onSkipped, few = false }: { onSkipped?: (skipped: Skipped) => void; few?: boolean } = {}): Promise<MailboxKinds> {
	const reported = few ? new Map<string, string>() : await kindsInReport(client);
	let told = false;
	let closed = false;
	return {
		async tell(people, raws) {
			const unknown: Person[] = [];
			people.forEach((person, index) => {
				const raw = raws[index];
				const kind = reported.get(nameOf(raw));
				if (kind !== undefined) person.mailboxKind = kind;
				else if (userTypeOf(raw) === 'Guest' || typeof raw.mail !== 'string' || raw.mail.trim() === '') person.mailboxKind = null;
				else unknown.push(person);
			});
			if (closed || unknown.length === 0) return;
			const refused = await askEach(client, unknown);
			if (few && refused.length > 0) {
				const kinds = await kindsInReport(client);
				for (const [index, person] of people.entries()) {
					const kind = kinds.get(nameOf(raws[index]));
					if (person.mailboxKind === undefined && kind !== undefined) person.mailboxKind = kind;
				}
				if (people.every(({ mailboxKind }) => mailboxKind !== undefined)) return;
			}
			if (refused.length > 0 && !told) onSkipped?.(refused[0]);
			told ||= refused.length > 0;
			// Where every mailbox is refused, the others need not be tried; an access policy may refuse just some.
			closed = refused.length === unknown.length;
		},
	};
}

function nameOf({ userPrincipalName }: RawUser): string {
	return String(userPrincipalName).toLowerCase();
}

/** Kinds by user principal name in lower case; none when the report may not be read or says nothing of use. */
async function kindsInReport(client: GraphClient): Promise<Map<string, string>> {
	const kinds = new Map<string, string>();
	// A refusal is no news: the mailboxes themselves may be readable, and if they are not, that is told.
	await optional(async () => {
		for await (const page of usagePages(client, MAILBOX_USAGE, { period: 7 })) {
			if (page.kind === 'restart') kinds.clear();
			else for (const { userPrincipalName, mailboxKind, deleted } of page.items) {
				if (userPrincipalName && mailboxKind && !deleted) kinds.set(userPrincipalName.toLowerCase(), mailboxKind);
			}
		}
	});
	return kinds;
}

/** @returns the refusals, one for each person whose mailbox may not be read */
async function askEach(client: GraphClient, people: readonly Person[]): Promise<Skipped[]> {
	const requests = people.map(
		({ id }): GraphRequest => ({ reading: MAILBOX_PURPOSE, address: `/users/${id}/mailboxSettings/userPurpose`, expects: 'object', record: `mailbox of user ${id}` }),
	);
	const refused: Skipped[] = [];
	(await client.batch(requests)).forEach((answer, index) => {
		if (answer.status === 200) {
			const kind = (answer.body as { value?: unknown } | undefined)?.value;
			if (typeof kind === 'string') people[index].mailboxKind = kind;
			return;
		}
		// Exchange Online knows no mailbox of this person: there is none, or it is on the premises.
		if (answer.status === 404) return void (people[index].mailboxKind = null);
		const error = client.explain(answer, requests[index]);
		const skipped = skippedBy(error);
		if (!skipped) throw error;
		refused.push(skipped);
	});
	return refused;
}
