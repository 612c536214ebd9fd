import type { SignInActivity } from '../../../model/signIn';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { lostItsPlace } from '../transport/errors';
import type { GraphRequest } from '../transport/exchange';
import { query, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';

/** Ten requests a minute for all tenants of the app: never part of another read. */
export const SIGN_IN_ACTIVITY: Reading = {
	what: 'the sign-in activity',
	permission: 'AuditLog.Read.All',
	alsoBy: [],
	role: 'Reports Reader',
	licence: 'Microsoft Entra ID P1',
	// More is no error, and gives no more.
	pageSize: 500,
	resourceUnits: 1,
	quotas: ['signInActivity', 'identityReports', 'directory'],
};

export const SIGN_IN_ACTIVITY_FEATURE: Feature = {
	key: 'signInActivity',
	name: 'Read sign-in activity',
	description: 'Sign-In Activity → Read Next Part; "Consider Sign-Ins" of Licence → Get Unused and Organization → Get Facts; User → the property Last Activity',
	required: false,
	reading: SIGN_IN_ACTIVITY,
	probe: { address: '/users?$select=id,signInActivity&$top=1', expects: 'list' },
};

interface RawActivity {
	id?: string;
	signInActivity?: null | {
		lastSignInDateTime?: string | null;
		lastNonInteractiveSignInDateTime?: string | null;
		lastSuccessfulSignInDateTime?: string | null;
	};
}

/** A page of people with their last sign-ins, and where the next one is. */
export interface SignInPage {
	activities: SignInActivity[];
	/** Undefined: it was the last. */
	next?: string;
}

/** The service no longer knows the link: begin again from the first page. */
export interface LostPlace {
	lost: true;
	requestId: string;
}

/** Where to begin: at a page's link, else at the first page; of those who signed in since then, else of everybody. */
export interface SignInPlace {
	link?: string;
	/** ISO 8601. */
	since?: string;
}

/**
 * One page. The next one costs another of the ten requests a minute, so the caller decides when.
 *
 * @throws SyncError when the page cannot be read; `notLicensed` without Entra ID P1
 */
export async function signInPage(client: GraphClient, { link, since }: SignInPlace): Promise<SignInPage | LostPlace> {
	const tenantId = await tenantGuidOf(client);
	const request: GraphRequest = { reading: SIGN_IN_ACTIVITY, address: link ?? firstPage(since), expects: 'list' };
	const answer = await client.request(request);
	if (answer.status !== 200) {
		if (link !== undefined && lostItsPlace(answer)) return { lost: true, requestId: answer.requestId };
		throw client.explain(answer, request);
	}
	const page = answer.body as { value: RawActivity[]; '@odata.nextLink'?: string };
	return { activities: page.value.filter(({ id }) => id).map((raw) => activityOf(raw, tenantId)), next: page['@odata.nextLink'] ?? undefined };
}

/**
 * One person's.
 *
 * @param userId object id; a name will not do here
 * @throws SyncError when it cannot be read; `notLicensed` without Entra ID P1
 */
export async function signInOfUser(client: GraphClient, userId: string): Promise<SignInActivity> {
	const tenantId = await tenantGuidOf(client);
	const address = `/users/${encodeURIComponent(userId)}${query({ $select: 'id,signInActivity' })}`;
	return activityOf(await client.read<RawActivity>({ reading: SIGN_IN_ACTIVITY, address, expects: 'object', record: `user ${userId}` }), tenantId);
}

/** The filter takes no other property beside it (https://learn.microsoft.com/graph/api/user-list). */
function firstPage(since: string | undefined): string {
	return `/users${query({
		$select: 'id,signInActivity',
		$filter: since === undefined ? undefined : `signInActivity/lastSignInDateTime ge ${since}`,
		$top: SIGN_IN_ACTIVITY.pageSize,
	})}`;
}

function activityOf({ id, signInActivity: told }: RawActivity, tenantId: string): SignInActivity {
	// Who never signed in has none, or a blank one.
	const signInActivity = told ?? {};
	const lastSignIn = moment(signInActivity.lastSignInDateTime);
	const lastNonInteractiveSignIn = moment(signInActivity.lastNonInteractiveSignInDateTime);
	const lastSuccessfulSignIn = moment(signInActivity.lastSuccessfulSignInDateTime);
	const moments = [lastSignIn, lastNonInteractiveSignIn, lastSuccessfulSignIn].filter((each) => each !== null).sort();
	return { kind: 'signInActivity', tenantId, personId: id!.toLowerCase(), lastSignIn, lastNonInteractiveSignIn, lastSuccessfulSignIn, newest: moments.at(-1) ?? null };
}

/** The year 1 stands for "never" in some of Microsoft's dates. */
function moment(text: string | null | undefined): string | null {
	return !text || text.startsWith('0001-') ? null : text;
}
