import { guidOf } from '../world/random';

/** Ids of Graph's application permissions, the same in every tenant. Source: Microsoft's "Microsoft Graph permissions reference". */
const IDS: Readonly<Record<string, string>> = {
	'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
	'AuditLog.Read.All': 'b0afded3-3588-46d8-8b3d-9842eff778da',
	'DelegatedAdminRelationship.Read.All': 'f6e9e124-4586-492f-adc0-c6f96e4823fd',
	'Device.Read.All': '7438b122-aefc-4978-80ed-43db9fcc7715',
	'DeviceManagementManagedDevices.Read.All': '2f51be20-0bb4-4fed-bf7b-db946066c75e',
	'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
	'Domain.Read.All': 'dbb9058a-0e50-45d7-ae91-66909b5d4664',
	'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
	'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
	'MailboxSettings.Read': '40f97065-369a-49f4-947c-6a255697ae91',
	'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
	'Reports.Read.All': '230c1aed-a721-4c5d-9cb4-a90514e508ef',
	'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
	'SecurityEvents.Read.All': 'bf394140-e372-4bf9-a898-299cfc7564e5',
	'User-PasswordProfile.ReadWrite.All': 'cc117bb9-00cf-4eb8-b580-ea2a878fe8f7',
	'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
	'User.ReadWrite.All': '741f803b-c850-494e-b5df-cde7c675a1ca',
	'UserAuthenticationMethod.Read.All': '38d9df27-64da-44fd-b7c5-a6fbac20248f',
};

/**
 * The id of an application permission. One that is not in the table gets an id of the simulator's own: a client finds its
 * name, as every id's, among the `appRoles` of Graph's service principal.
 */
export function appRoleId(permission: string): string {
	return IDS[permission] ?? guidOf(`app role ${permission}`);
}
