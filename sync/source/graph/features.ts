import { SyncError } from '../../model/syncError';
import type { GraphClient } from './transport/client';
import { consentLink } from './signIn/entraApp';
import { ACCOUNTS_FEATURE } from './act/account';
import { PASSWORDS_FEATURE } from './act/password';
import { SESSIONS_FEATURE } from './act/sessions';
import { ROLES_FEATURE } from './read/administrators';
import { APP_CREDENTIALS_FEATURE } from './read/appCredentials';
import { AUTHENTICATION_METHODS_FEATURE } from './read/authenticationMethods';
import { RENEWALS_FEATURE } from './read/companySubscriptions';
import { DEVICES_FEATURE } from './read/devices';
import { DOMAINS_FEATURE } from './read/domains';
import { GROUPS } from './read/groups';
import { MAILBOX_KINDS_FEATURE } from './read/mailboxKinds';
import { MANAGED_DEVICES_FEATURE } from './read/managedDevices';
import { ORGANIZATION, tenantGuidOf } from './read/organization';
import { AUTHENTICATION_FEATURE } from './read/registrationDetails';
import { REPORT_SETTINGS_FEATURE } from './read/reportSettings';
import { SECURE_SCORE_FEATURE } from './read/secureScores';
import { SIGN_IN_ACTIVITY_FEATURE } from './read/signInActivity';
import { permissionAmong, type Reading } from './transport/reading';
import { SUBSCRIBED_SKUS } from './read/subscribedSkus';
import { USAGE_REPORTS_FEATURE } from './read/usageReports';
import { USERS } from './read/users';
import { DELETED_USERS } from './read/whereabouts';

/** Something this package does with Microsoft 365, and what the app needs for it. */
export interface Feature {
	key: string;
	name: string;
	/** What does not work without it. */
	description: string;
	/** The sync cannot do without it. */
	required: boolean;
	reading: Reading;
	/** A cheap read that shows whether it is allowed, for tokens that cannot be decoded; none where trying would change something. */
	probe?: { address: string; expects: 'list' | 'object' | 'anything' };
}

export const FEATURES: readonly Feature[] = [
	{
		key: 'people',
		name: 'Read people',
		description: 'User → Get and Get Many, the source of every sync',
		required: true,
		reading: USERS,
		probe: { address: '/users?$select=id&$top=1', expects: 'list' },
	},
	{
		key: 'deletedPeople',
		name: 'Tell deleted people from filtered ones',
		description: 'Orphans in Contact Match',
		required: true,
		reading: DELETED_USERS,
		probe: { address: '/directory/deletedItems/microsoft.graph.user?$select=id&$top=1', expects: 'list' },
	},
	{
		key: 'organisation',
		name: 'Read the organisation',
		description: 'Organization → Get: name, domains and address of the tenant',
		required: false,
		reading: ORGANIZATION,
		probe: { address: '/organization?$select=id', expects: 'list' },
	},
	{
		key: 'groups',
		name: 'Read people by group',
		description: 'The filter "In Group" and its list of groups',
		required: false,
		reading: GROUPS,
		probe: { address: '/groups?$select=id&$top=1', expects: 'list' },
	},
	{
		key: 'subscriptions',
		name: 'List subscriptions',
		description: 'The list of the filter "Holding Any of These Subscriptions"',
		required: false,
		reading: SUBSCRIBED_SKUS,
		probe: { address: '/subscribedSkus?$select=skuId', expects: 'list' },
	},
	ROLES_FEATURE,
	DEVICES_FEATURE,
	MANAGED_DEVICES_FEATURE,
	DOMAINS_FEATURE,
	REPORT_SETTINGS_FEATURE,
	MAILBOX_KINDS_FEATURE,
	RENEWALS_FEATURE,
	APP_CREDENTIALS_FEATURE,
	USAGE_REPORTS_FEATURE,
	AUTHENTICATION_FEATURE,
	AUTHENTICATION_METHODS_FEATURE,
	SIGN_IN_ACTIVITY_FEATURE,
	SECURE_SCORE_FEATURE,
	PASSWORDS_FEATURE,
	SESSIONS_FEATURE,
	ACCOUNTS_FEATURE,
];

/** One feature in one tenant. */
export interface FeatureCheck {
	kind: 'featureCheck';
	tenantId: string;
	feature: string;
	description: string;
	required: boolean;
	/** The one that asks for the least. */
	permission: string;
	/** Null: cannot be told, because the token cannot be read and nothing can be tried. */
	granted: boolean | null;
	/** The granted permission that covers the feature, when it is another one. */
	grantedBy: string | null;
	/** What to do; empty when all is well. */
	whatToDo: string;
	/** Opens the consent of this tenant's administrator. */
	consentLink: string;
}

/**
 * What the app may do in a tenant, by the permissions in a new token; where a token cannot be decoded, by trying.
 *
 * @throws SyncError when the app cannot sign in, or a trial fails for another reason than a missing permission
 */
export async function checkFeatures(client: GraphClient): Promise<FeatureCheck[]> {
	// A partner's token tells its permissions and not its roles: only a trial shows what both together allow.
	const roles = client.delegated ? undefined : await client.roles(true);
	const grants = new Map<Feature, Grant>();
	for (const feature of FEATURES) grants.set(feature, roles ? byRoles(client, feature.reading, roles) : await byTrial(client, feature));
	const link = consentLink(client.loginOrigin, client.tenant, client.clientId);
	const tenantId = await guidOrAsGiven(client);
	return FEATURES.map((feature) => {
		const { granted, by, whatToDo } = grants.get(feature)!;
		return {
			kind: 'featureCheck',
			tenantId,
			feature: feature.name,
			description: feature.description,
			required: feature.required,
			permission: permissionOf(client, feature.reading),
			granted,
			grantedBy: by === permissionOf(client, feature.reading) ? null : (by ?? null),
			whatToDo,
			consentLink: link,
		};
	});
}

/** Whether a feature is covered, by which permission, or what to do to get it. */
interface Grant {
	/** Null: it cannot be told. */
	granted: boolean | null;
	by?: string;
	whatToDo: string;
}

function permissionOf({ delegated }: GraphClient, reading: Reading): string {
	return (delegated ? reading.delegated : undefined) ?? reading.permission;
}

function byRoles(client: GraphClient, reading: Reading, roles: readonly string[]): Grant {
	const by = permissionAmong(reading, roles);
	if (by !== undefined) return { granted: true, by, whatToDo: '' };
	const link = consentLink(client.loginOrigin, client.tenant, client.clientId);
	return { granted: false, whatToDo: `Add the application permission ${reading.permission} (Microsoft Graph) to the app registration, then have an administrator of the tenant consent: ${link}` };
}

async function byTrial(client: GraphClient, feature: Feature): Promise<Grant> {
	if (!feature.probe) {
		const scopes = client.delegated ? await client.scopes() : undefined;
		if (scopes && permissionAmong(feature.reading, scopes) === undefined) {
			const link = consentLink(client.loginOrigin, client.tenant, client.clientId);
			return { granted: false, whatToDo: `Add the delegated permission ${permissionOf(client, feature.reading)} (Microsoft Graph) to the app registration, then have an administrator of the tenant consent: ${link}` };
		}
		return { granted: null, whatToDo: `It cannot be tried without changing something or naming a user. If it is refused, add the permission ${permissionOf(client, feature.reading)} and have an administrator of the tenant consent.` };
	}
	const request = { reading: feature.reading, ...feature.probe };
	const answer = await client.request(request);
	// A report is answered with where it lies.
	if (answer.status === 200 || answer.status === 302) return { granted: true, by: permissionOf(client, feature.reading), whatToDo: '' };
	const error = client.explain(answer, request);
	// What the tenant has not subscribed to is refused whatever the app may do.
	if (error.class === 'notLicensed') return { granted: null, whatToDo: error.remedy };
	if (answer.status === 403 || answer.status === 401) return { granted: false, whatToDo: error.remedy };
	throw error;
}

/** Without any permission the GUID cannot be asked for; the check has to work all the same. */
async function guidOrAsGiven(client: GraphClient): Promise<string> {
	try {
		return await tenantGuidOf(client);
	} catch (error) {
		if (error instanceof SyncError && (error.class === 'configuration' || error.class === 'notPermitted')) return client.tenant;
		throw error;
	}
}
