import type { Application as GraphApplication, KeyCredential, PasswordCredential } from '@microsoft/microsoft-graph-types';
import type { AppCredential } from '../../../model/appCredential';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages, type PageEvent } from '../transport/paging';
import { literal, query, type ReadableProperty, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';
import { idOf } from './projection';

/** `GET /applications`: 2 units, less 1 for `$select`. Registrations of the tenant; apps that only have consent there are registered elsewhere. */
export const APP_REGISTRATIONS: Reading = {
	what: 'app registrations',
	permission: 'Application.Read.All',
	alsoBy: ['Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	pageSize: 999,
	resourceUnits: 1,
};

export const APP_CREDENTIALS_FEATURE: Feature = {
	key: 'appCredentials',
	name: 'Read app registrations',
	description: 'App Credential → Get Many and Get Expiring',
	required: false,
	reading: APP_REGISTRATIONS,
	probe: { address: '/applications?$select=id&$top=1', expects: 'list' },
};

/** What can be chosen of a credential; its ids, its app's and its type always come along. */
export const APP_CREDENTIAL_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'appName', label: 'App Name', description: 'Name of the app registration', byDefault: true },
	{ name: 'own', label: 'Own', description: 'Whether it is of the app that asks', byDefault: true },
	{ name: 'name', label: 'Name', description: 'Description that somebody gave it', byDefault: true },
	{ name: 'hint', label: 'Hint', description: 'First characters of a secret', byDefault: true },
	{ name: 'thumbprint', label: 'Thumbprint', description: 'Of a certificate', byDefault: true },
	{ name: 'startDateTime', label: 'Start', description: 'Moment from which it can be used', byDefault: true },
	{ name: 'endDateTime', label: 'End', description: 'Moment at which it ends', byDefault: true },
	{ name: 'daysLeft', label: 'Days Left', description: 'Whole days until it ends, negative when it has ended', byDefault: true },
	{ name: 'expired', label: 'Expired', description: 'Whether it has ended', byDefault: true },
	{ name: 'lastsLongest', label: 'Lasts Longest', description: 'Whether it ends last of all credentials of its app', byDefault: true },
];

export interface AppCredentialsRequest {
	/** Moment to count days from, in milliseconds. */
	now: number;
	/** Only those of the app that asks. */
	ownOnly?: boolean;
	/** Only those that end within so many days, or have ended. */
	withinDays?: number;
	/** The first so many; without it all. */
	limit?: number;
}

const DAY_MS = 86_400_000;

/**
 * Secrets and certificates of the app registrations of a tenant, page by page; their values are never part of it.
 * After a `restart` event they all come again.
 *
 * @throws SyncError when any page cannot be read; never a list cut short
 */
export async function* appCredentialPages(client: GraphClient, request: AppCredentialsRequest): AsyncGenerator<PageEvent<AppCredential>, void> {
	const tenantId = await tenantGuidOf(client);
	const address = `/applications${query({
		$select: 'id,appId,displayName,passwordCredentials,keyCredentials',
		$filter: request.ownOnly ? `appId eq ${literal(client.clientId)}` : undefined,
		$top: APP_REGISTRATIONS.pageSize,
	})}`;
	for await (const page of readPages<GraphApplication>(client, { reading: APP_REGISTRATIONS, address })) {
		if (page.kind === 'restart') {
			yield page;
			continue;
		}
		const found = page.items.flatMap((app) => credentialsOf(app, client, tenantId, request.now));
		yield { kind: 'page', items: found.filter(({ daysLeft }) => request.withinDays === undefined || (daysLeft !== null && daysLeft <= request.withinDays)) };
	}
}

/** Secrets and certificates of the app registrations of a tenant, all in memory. */
export async function appCredentials(client: GraphClient, request: AppCredentialsRequest): Promise<AppCredential[]> {
	return await collect(appCredentialPages(client, request), request.limit);
}

function credentialsOf(app: GraphApplication, client: GraphClient, tenantId: string, now: number): AppCredential[] {
	const applicationId = idOf(app as Record<string, unknown>, 'app registrations', client);
	const appId = (app.appId ?? '').toLowerCase();
	const asCredential = (raw: PasswordCredential | KeyCredential, credentialType: AppCredential['credentialType']): AppCredential => {
		const end = raw.endDateTime ? Date.parse(raw.endDateTime) : NaN;
		return {
			kind: 'appCredential',
			tenantId,
			appId,
			appName: app.displayName ?? null,
			applicationId,
			own: appId === client.clientId,
			credentialType,
			keyId: (raw.keyId ?? '').toLowerCase(),
			name: raw.displayName ?? null,
			hint: (raw as PasswordCredential).hint ?? null,
			thumbprint: credentialType === 'certificate' ? ((raw.customKeyIdentifier as string | null | undefined) ?? null) : null,
			startDateTime: raw.startDateTime ?? null,
			endDateTime: raw.endDateTime ?? null,
			daysLeft: Number.isNaN(end) ? null : Math.floor((end - now) / DAY_MS),
			expired: end <= now,
			lastsLongest: false,
		};
	};
	const found = [
		...(app.passwordCredentials ?? []).map((raw) => asCredential(raw, 'secret')),
		...(app.keyCredentials ?? []).map((raw) => asCredential(raw, 'certificate')),
	];
	const ends = ({ endDateTime }: AppCredential) => (endDateTime === null ? Infinity : Date.parse(endDateTime));
	const longest = found.reduce<AppCredential | undefined>((best, each) => (best && ends(best) >= ends(each) ? best : each), undefined);
	if (longest) longest.lastsLongest = true;
	return found;
}
