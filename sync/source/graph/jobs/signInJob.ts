import { systemClock, type Clock } from '../../../http/clock';
import type { Job, JobMethods, JobPlace } from '../../../ledger/jobs';
import type { SignInActivity } from '../../../model/signIn';
import { tenantGuidOf } from '../read/organization';
import { SIGN_IN_ACTIVITY, signInPage } from '../read/signInActivity';
import type { GraphClient } from '../transport/client';
import { lostTooOften, RESTARTS } from '../transport/paging';

const DAY_MS = 86_400_000;
/** Microsoft shows a sign-in up to a day late, so a round looks back a day more. */
const OVERLAP_MS = DAY_MS;
/** A page waits a minute at most for its turn, and as long again for slow answers. */
const LEASE_SECONDS = 600;

export interface SignInPart {
	/** Minutes after which no further page is begun. */
	minutes: number;
	/** Pages (500 people each) that are read at most. */
	pages: number;
	/** Days after which everybody is read again, not only who signed in since. */
	everybodyAfterDays: number;
	/** Forget where the job stands, and read everybody. */
	startOver?: boolean;
	/** Who reads; differs between executions. */
	holder: string;
}

/** What is said at the end of a part. */
export interface SignInProgress {
	kind: 'signInProgress';
	tenantId: string;
	/** The round is at its end: everybody it asked for was given, in this part and those before it. */
	complete: boolean;
	/** `busy`: another execution reads for the same app, and this one read nothing. */
	status: 'complete' | 'moreToRead' | 'busy';
	/** The round asks for everybody, or for who signed in since then (ISO 8601). */
	since: string | null;
	pages: number;
	/** People given in this part, and in the round so far. */
	people: number;
	peopleOfRound: number;
	/** The service lost the place, so the round began again; people may come twice. */
	startedOver: boolean;
	note: string;
}

/**
 * Reads the next part of a tenant's sign-in activity, from where the last part ended. A round reads everybody; later
 * rounds read who signed in since the round before began. The place moves only when the whole part was read.
 *
 * @throws SyncError when a page cannot be read: the place stays, and the next part reads the same again
 */
export async function readSignInPart(client: GraphClient, ledger: JobMethods, part: SignInPart, clock: Clock = systemClock): Promise<{ activities: SignInActivity[]; progress: SignInProgress }> {
	const tenantId = await tenantGuidOf(client);
	// Ten requests a minute are the app's, in all its tenants together.
	const job: Job = { name: 'signInActivity', app: `${client.graphOrigin} ${client.clientId}` };
	const until = await ledger.takeJob(job, part.holder, LEASE_SECONDS);
	if (until !== undefined) return { activities: [], progress: busy(tenantId, until) };
	try {
		return await readPart(client, ledger, part, { clock, tenantId, job });
	} finally {
		await ledger.giveJobBack(job, part.holder);
	}
}

interface Circumstances {
	clock: Clock;
	tenantId: string;
	job: Job;
}

async function readPart(client: GraphClient, ledger: JobMethods, part: SignInPart, { clock, tenantId, job }: Circumstances): Promise<{ activities: SignInActivity[]; progress: SignInProgress }> {
	const known = part.startOver ? undefined : await ledger.jobPlace(job, tenantId);
	let place = known?.roundBegan === undefined ? nextRound(known, part, clock.now()) : known;
	const since = place.since === undefined ? undefined : `${new Date(place.since).toISOString().slice(0, 19)}Z`;
	const deadline = clock.now() + part.minutes * 60_000;
	const activities: SignInActivity[] = [];
	let pages = 0;
	let lost = 0;
	let complete = false;
	while (!complete && pages < part.pages && (pages === 0 || clock.now() < deadline)) {
		const page = await signInPage(client, { link: place.link, since });
		if ('lost' in page) {
			if (++lost > RESTARTS) throw lostTooOften(client, { reading: SIGN_IN_ACTIVITY }, page.requestId);
			place = { ...place, link: undefined, records: 0 };
			continue;
		}
		pages++;
		for (const activity of page.activities) activities.push(activity);
		place = { ...place, link: page.next, records: place.records + page.activities.length };
		complete = page.next === undefined;
		await ledger.takeJob(job, part.holder, LEASE_SECONDS);
	}
	await ledger.saveJobPlace(job, tenantId, complete ? betweenRounds(place) : place, part.holder);
	return {
		activities,
		progress: {
			kind: 'signInProgress',
			tenantId,
			complete,
			status: complete ? 'complete' : 'moreToRead',
			since: since ?? null,
			pages,
			people: activities.length,
			peopleOfRound: place.records,
			startedOver: lost > 0,
			note: complete ? 'The round is complete. The next one reads who signed in since it began.' : 'There is more to read: run this operation again.',
		},
	};
}

function nextRound(last: JobPlace | undefined, { everybodyAfterDays }: SignInPart, now: number): JobPlace {
	const full = last?.since === undefined || last.fullRoundBegan === undefined || now - last.fullRoundBegan >= everybodyAfterDays * DAY_MS;
	return { ...(full ? {} : { since: last.since }), roundBegan: now, fullRoundBegan: full ? now : last.fullRoundBegan, records: 0 };
}

/** The next round asks for what happened since this one began, and a little before. */
function betweenRounds({ roundBegan, fullRoundBegan, records }: JobPlace): JobPlace {
	return { since: roundBegan! - OVERLAP_MS, fullRoundBegan, records };
}

function busy(tenantId: string, until: number): SignInProgress {
	return {
		kind: 'signInProgress',
		tenantId,
		complete: false,
		status: 'busy',
		since: null,
		pages: 0,
		people: 0,
		peopleOfRound: 0,
		startedOver: false,
		note: `Another execution reads sign-in activity as the same app, until ${new Date(until).toISOString()} at most; its ten requests a minute are for all tenants together. Run this operation again later.`,
	};
}
