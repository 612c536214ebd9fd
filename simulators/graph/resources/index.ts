import type { GraphResource } from '../graphCall';
import { activationReport } from './activationReport';
import { activeUserReport } from './activeUserReport';
import { applicationOwners, applications } from './applications';
import { appRoleAssignments, appRoleAssignmentsByAppId } from './appRoleAssignments';
import { appUserReport } from './appUserReport';
import { authenticationMethods } from './authenticationMethods';
import { companySubscriptions } from './companySubscriptions';
import { contracts } from './contracts';
import { delegatedAdminCustomers } from './delegatedAdminCustomers';
import { accessAssignments, delegatedAdminRelationship, delegatedAdminRelationships } from './delegatedAdminRelationships';
import { deletedUsers } from './deletedUsers';
import { devicesDelta, groupsDelta, usersDelta } from './deltas';
import { device, devices, devicesCount, registeredOwners, registeredUsers } from './devices';
import { directoryRoleMembers, directoryRoles } from './directoryRoles';
import { domains } from './domains';
import { groupMembers, groupTransitiveMembers, groupTransitiveUsers, groupUsers } from './groupMembers';
import { group, groups, groupsCount } from './groups';
import { licenseDetails } from './licenseDetails';
import { mailboxPurpose, mailboxSettings } from './mailboxSettings';
import { mailboxUsageReport } from './mailboxUsageReport';
import { managedDevice, managedDevices } from './managedDevices';
import { me, myGroups, myTransitiveGroups } from './me';
import { oauth2PermissionGrants } from './oauth2PermissionGrants';
import { organization } from './organization';
import { changeReportSettings, reportSettings } from './reportSettings';
import { secureScoreControlProfiles, secureScores } from './secureScores';
import { servicePrincipal, servicePrincipalByAppId, servicePrincipals } from './servicePrincipals';
import { subscribedSkus } from './subscribedSkus';
import { createSubscription, deleteSubscription, renewSubscription, subscription, subscriptions } from './subscriptions';
import { user, userManager } from './user';
import { userRegistrationDetails } from './userRegistrationDetails';
import { revokeSignInSessions, userUpdate } from './userWrites';
import { users, usersCount } from './users';

/** Every path that the simulator serves, but for `$batch`. A new one: its file, and its line here. */
export const RESOURCES: readonly GraphResource[] = [
	organization,
	users,
	usersCount,
	usersDelta,
	user,
	userManager,
	userUpdate,
	revokeSignInSessions,
	groups,
	groupsCount,
	groupsDelta,
	group,
	groupMembers,
	groupUsers,
	groupTransitiveMembers,
	groupTransitiveUsers,
	devices,
	devicesCount,
	devicesDelta,
	device,
	registeredOwners,
	registeredUsers,
	subscribedSkus,
	companySubscriptions,
	licenseDetails,
	applications,
	applicationOwners,
	domains,
	deletedUsers,
	directoryRoles,
	directoryRoleMembers,
	subscriptions,
	createSubscription,
	subscription,
	renewSubscription,
	deleteSubscription,
	delegatedAdminCustomers,
	delegatedAdminRelationships,
	delegatedAdminRelationship,
	accessAssignments,
	contracts,
	me,
	myGroups,
	myTransitiveGroups,
	servicePrincipals,
	servicePrincipal,
	servicePrincipalByAppId,
	appRoleAssignments,
	appRoleAssignmentsByAppId,
	oauth2PermissionGrants,
	mailboxUsageReport,
	activeUserReport,
	appUserReport,
	activationReport,
	reportSettings,
	changeReportSettings,
	userRegistrationDetails,
	authenticationMethods,
	secureScores,
	secureScoreControlProfiles,
	managedDevices,
	managedDevice,
	mailboxSettings,
	mailboxPurpose,
];
