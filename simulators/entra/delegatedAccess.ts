import { delegatedScopes } from '../world/delegatedConsent';
import { groupsOf } from '../world/memberships';
import { guidOf } from '../world/random';
import type { DirectoryUser, TenantDirectory } from '../world/tenantDirectory';
import type { App, World } from '../world/world';
import { accessBlocked, consentMissing, grantRevoked, mfaRequired, userDisabled, userGone, userUnknownHere } from './grantError';
import type { ScopeRequest } from './scopes';
import { appDisabled } from './tokenError';
import type { UserSession } from './userSessions';

export interface DelegatedAccess {
	user: DirectoryUser;
	/** Delegated permissions of the API that the app has in this tenant. */
	scopes: readonly string[];
	/** Template ids of the directory roles that the user holds in this tenant. */
	roles: readonly string[];
}

/**
 * Decides whether an app gets a token of a tenant for a user, in Entra's order: the user, their place in the tenant, the
 * consent, Conditional Access. A user of another tenant has a place through GDAP alone: a role that an active
 * relationship gives to a group of theirs (contract A5). Throws Entra's refusal.
 */
export function delegatedAccess(request: {
	world: World;
	tenant: TenantDirectory;
	app: App;
	session: UserSession;
	scopes: ScopeRequest;
	resourceAppId: string;
	strangers: 50020 | 50177;
	now: number;
}): DelegatedAccess {
	const { world, tenant, app, session, scopes, resourceAppId } = request;
	const home = world.tenant(session.homeTenantId);
	const user = home.findUser(session.userId);
	if (!user) throw userGone(home.displayName);
	if (user.accountEnabled === false) throw userDisabled();
	const validFrom = Date.parse(user.signInSessionsValidFromDateTime ?? '');
	if (validFrom > session.signedInAt) throw grantRevoked(session.signedInAt, validFrom);
	const foreign = tenant !== home;
	const roles = foreign ? partnerRoles(home, tenant, user, request.now) : ownRoles(home, user);
	if (foreign && roles.length === 0) throw userUnknownHere(request.strangers, home.tenantId, tenant.displayName, app);
	const principal = tenant.servicePrincipals.find((each) => each.appId === app.appId);
	if (principal?.enabled === false) throw appDisabled(app.appId, app.displayName);
	const granted = delegatedScopes(tenant, app.appId, resourceAppId);
	const { permissions } = scopes;
	if (granted.length === 0 || (permissions !== '.default' && !permissions.every((each) => granted.includes(each)))) throw consentMissing(app);
	if (tenant.conditionalAccess === 'block') throw accessBlocked(guidOf(`policy ${tenant.tenantId}`));
	if (tenant.conditionalAccess === 'requireMfa' && !session.mfa) throw mfaRequired(resourceAppId);
	return { user, scopes: granted, roles };
}

/** Directory roles in the user's own tenant, held by themselves or by one of their groups. */
function ownRoles(home: TenantDirectory, user: DirectoryUser): string[] {
	const holders = new Set([user.id, ...groupIds(home, user)]);
	return home.roles.filter((role) => role.members.some((member) => holders.has(member.id))).map((role) => role.roleTemplateId);
}

function partnerRoles(home: TenantDirectory, customer: TenantDirectory, user: DirectoryUser, now: number): string[] {
	return home.partner?.rolesIn(customer.tenantId, groupIds(home, user), now) ?? [];
}

function groupIds(tenant: TenantDirectory, user: DirectoryUser): ReadonlySet<string> {
	return new Set(groupsOf(tenant, user.id).transitive.map((group) => group.id));
}
