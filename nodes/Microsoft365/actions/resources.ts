import type { Resource } from '../../operation';
import { getExpiringAppCredentials } from './appCredential/getExpiring.operation';
import { getManyAppCredentials } from './appCredential/getMany.operation';
import { getManyAuthentication } from './authentication/getMany.operation';
import { checkConnection } from './connection/check.operation';
import { checkCustomer } from './customer/check.operation';
import { getManyCustomers } from './customer/getMany.operation';
import { getDevice } from './device/get.operation';
import { getDeviceChanges } from './device/getChanges.operation';
import { getManyDevices } from './device/getMany.operation';
import { getGroup } from './group/get.operation';
import { getGroupChanges } from './group/getChanges.operation';
import { getManyGroups } from './group/getMany.operation';
import { getGroupMembers } from './group/getMembers.operation';
import { getFamilyCounts } from './licence/getFamilyCounts.operation';
import { getLicenceHolders } from './licence/getHolders.operation';
import { getManyLicences } from './licence/getMany.operation';
import { getUnusedLicences } from './licence/getUnused.operation';
import { getManagedDevice } from './managedDevice/get.operation';
import { getManyManagedDevices } from './managedDevice/getMany.operation';
import { getOrganization } from './organization/get.operation';
import { getDomains } from './organization/getDomains.operation';
import { getFacts } from './organization/getFacts.operation';
import { getReportSettings } from './organization/getReportSettings.operation';
import { reportAppCredentials } from './report/appCredentials.operation';
import { reportSecurityFindings } from './report/securityFindings.operation';
import { reportUnusedLicences } from './report/unusedLicences.operation';
import { getSecureScoreGaps } from './secureScore/getGaps.operation';
import { getSecureScoreHistory } from './secureScore/getHistory.operation';
import { getLatestSecureScore } from './secureScore/getLatest.operation';
import { getSecurityFindings } from './securityAudit/getFindings.operation';
import { readSignInActivity } from './signInActivity/readNextPart.operation';
import { getActivations } from './usageReport/getActivations.operation';
import { getActiveUsers } from './usageReport/getActiveUsers.operation';
import { getAppUsage } from './usageReport/getAppUsage.operation';
import { getMailboxUsage } from './usageReport/getMailboxUsage.operation';
import { disableUser } from './user/disable.operation';
import { enableUser } from './user/enable.operation';
import { getUser } from './user/get.operation';
import { getUserChanges } from './user/getChanges.operation';
import { getManyUsers } from './user/getMany.operation';
import { resetUserPassword } from './user/resetPassword.operation';
import { revokeUserSessions } from './user/revokeSessions.operation';

export const microsoft365Resources: Resource[] = [
	{ value: 'user', name: 'User', description: 'A person in the tenant', operations: [getManyUsers, getUserChanges, getUser, resetUserPassword, revokeUserSessions, enableUser, disableUser] },
	{ value: 'group', name: 'Group', description: 'A group of the tenant, and who belongs to it', operations: [getManyGroups, getGroupChanges, getGroup, getGroupMembers] },
	{ value: 'device', name: 'Device', description: 'A device that is registered or joined in Entra', operations: [getManyDevices, getDeviceChanges, getDevice] },
	{ value: 'managedDevice', name: 'Managed Device', description: 'A device that Intune manages', operations: [getManyManagedDevices, getManagedDevice] },
	{ value: 'licence', name: 'Licence', description: 'What the tenant subscribes to, and who holds it', operations: [getManyLicences, getLicenceHolders, getFamilyCounts, getUnusedLicences] },
	{ value: 'usageReport', name: 'Usage Report', description: 'Who uses what, as Microsoft 365 reports it', operations: [getMailboxUsage, getActiveUsers, getAppUsage, getActivations] },
	{ value: 'authentication', name: 'Authentication', description: 'MFA and other methods of signing in', operations: [getManyAuthentication] },
	{ value: 'signInActivity', name: 'Sign-In Activity', description: 'When people last signed in', operations: [readSignInActivity] },
	{ value: 'secureScore', name: 'Secure Score', description: 'Microsoft’s measure of the tenant’s security', operations: [getLatestSecureScore, getSecureScoreHistory, getSecureScoreGaps] },
	{ value: 'securityAudit', name: 'Security Audit', description: 'What is not as it should be in the tenant’s security', operations: [getSecurityFindings] },
	{ value: 'organization', name: 'Organization', description: 'The tenant itself', operations: [getOrganization, getFacts, getDomains, getReportSettings] },
	{ value: 'appCredential', name: 'App Credential', description: 'A secret or certificate of an app registration', operations: [getManyAppCredentials, getExpiringAppCredentials] },
	{ value: 'report', name: 'Report', description: 'What other operations found in several tenants, as one message', operations: [reportUnusedLicences, reportSecurityFindings, reportAppCredentials] },
	{ value: 'customer', name: 'Customer', description: 'A tenant that a partner looks after', operations: [getManyCustomers, checkCustomer] },
	{ value: 'connection', name: 'Connection', description: 'What the app may do', operations: [checkConnection] },
];
