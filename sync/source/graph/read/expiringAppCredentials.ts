import type { AppCredential, ExpiringAppCredential } from '../../../model/appCredential';
import type { Owner } from '../../../model/owner';
import { personEmail } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { appCredentials } from './appCredentials';
import { applicationOwners } from './applicationOwners';
import { tenantNameOf } from './organization';

export interface ExpiringRequest {
	/** Moment to count days from, in milliseconds. */
	now: number;
	/** Days before the end at which somebody is to be told. */
	thresholds: readonly number[];
	/** Those that ended within so many days are due as well; 0: none. */
	endedWithinDays: number;
	/** Only those of the app that asks. */
	ownOnly?: boolean;
}

/** A credential that is due, with the threshold that it has passed. */
interface Due {
	credential: AppCredential & { daysLeft: number };
	/** Null: it has ended. */
	threshold: number | null;
}

/**
 * Secrets and certificates of app registrations that are due, the soonest end first, with who must renew them: one read
 * of the registrations, and one request for the owners of every twenty of those that have something due.
 *
 * @throws SyncError when anything cannot be read; never a list cut short
 */
export async function expiringAppCredentials(client: GraphClient, { now, thresholds, endedWithinDays, ownOnly }: ExpiringRequest): Promise<ExpiringAppCredential[]> {
	const found = await appCredentials(client, { now, ownOnly, withinDays: Math.max(0, ...thresholds) });
	const due = found.flatMap((credential) => dueOf(credential, thresholds, endedWithinDays) ?? []);
	if (due.length === 0) return [];
	const [owners, tenantName] = await Promise.all([applicationOwners(client, due.map(({ credential }) => credential.applicationId)), tenantNameOf(client)]);
	return due
		.flatMap((each) => {
			const ownersOfApp = owners.get(each.credential.applicationId);
			// Its app is not there any more: nobody has to renew anything.
			return ownersOfApp ? [expiring(each, ownersOfApp, tenantName)] : [];
		})
		.sort((a, b) => Date.parse(a.endDateTime!) - Date.parse(b.endDateTime!) || (a.alertKey < b.alertKey ? -1 : 1));
}

/** @returns undefined when nobody is to be told of it (yet, or any more) */
export function dueOf(credential: AppCredential, thresholds: readonly number[], endedWithinDays: number): Due | undefined {
	const { daysLeft, expired } = credential;
	if (daysLeft === null) return undefined;
	const dated = { ...credential, daysLeft };
	if (expired) return daysLeft >= -endedWithinDays ? { credential: dated, threshold: null } : undefined;
	const passed = thresholds.filter((threshold) => daysLeft <= threshold);
	return passed.length > 0 ? { credential: dated, threshold: Math.min(...passed) } : undefined;
}

function expiring({ credential, threshold }: Due, owners: Owner[], tenantName: string | undefined): ExpiringAppCredential {
	const { kind: _, appId, keyId, appName, lastsLongest, endDateTime } = credential;
	const app = appName ?? appId;
	const what = whatOf(credential);
	const where = tenantName === undefined ? '' : ` (${tenantName})`;
	const whoMustRenew = owners.length > 0 ? owners.map(ownerText).join(', ') : 'an administrator of the tenant: the app has no owner';
	return {
		...credential,
		kind: 'expiringAppCredential',
		...(tenantName === undefined ? {} : { tenantName }),
		threshold,
		alertKey: `${appId}:${keyId}:${threshold ?? 'ended'}`,
		owners,
		whoMustRenew,
		ownerEmails: [...new Set(owners.flatMap((owner) => emailOf(owner) ?? []))].join(', '),
		title: `${capital(what)} of the app ${app} ${whenText(credential)}${where}`,
		text:
			`${capital(what)} of the app ${app} (${appId})${where} ${credential.expired ? 'ended' : 'ends'} on ${endDateTime!.slice(0, 10)}. To be renewed by ${whoMustRenew}.` +
			(lastsLongest ? '' : ' Another secret or certificate of the app lasts longer: if the app uses that one, there is nothing to renew, and this one can be removed.'),
		whatToDo: `Microsoft Entra admin center → App registrations → ${app} → Certificates & secrets: add a new one, put it where the app runs, and remove this one.`,
	};
}

/** For example `the secret "n8n"`; without a description by its first characters, or else its id. */
function whatOf({ credentialType, name, hint, keyId }: AppCredential): string {
	return `the ${credentialType} ${name ? `"${name}"` : hint ? `that begins with ${hint}` : keyId}`;
}

function whenText({ expired, daysLeft }: Due['credential']): string {
	const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;
	if (!expired) return daysLeft === 0 ? 'ends within a day' : `ends in ${days(daysLeft)}`;
	// Whole days are counted downwards: a day begun is one.
	return daysLeft === -1 ? 'ended within the last day' : `ended ${days(-daysLeft - 1)} ago`;
}

function ownerText(owner: Owner): string {
	const email = emailOf(owner);
	const name = owner.displayName ?? owner.userPrincipalName ?? `the owner ${owner.id}, whose name the app may not read`;
	return email === undefined || email === name ? name : `${name} (${email})`;
}

/** Apps among the owners have none, nor have owners whose names may not be read. */
function emailOf({ mail, userPrincipalName }: Owner): string | undefined {
	return personEmail(mail ?? null, userPrincipalName) ?? undefined;
}

function capital(text: string): string {
	return text[0].toUpperCase() + text.slice(1);
}
