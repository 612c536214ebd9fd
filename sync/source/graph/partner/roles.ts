/** A directory role that a partner's service account should hold in a customer's tenant. */
export interface NeededRole {
	/** Template id, the same in every tenant (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
	id: string;
	name: string;
	/** What does not work without it. */
	neededFor: string;
}

export const NEEDED_ROLES: readonly NeededRole[] = [
	{ id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', name: 'Global Reader', neededFor: 'people, groups, devices, licences and security settings' },
	{ id: '4a5d8f65-41da-4de4-8968-e035b65339cf', name: 'Reports Reader', neededFor: 'usage reports and sign-in activity' },
	{ id: '3a2c62db-5318-420d-8d74-23affee5d9d5', name: 'Intune Administrator', neededFor: 'managed devices' },
	{ id: '31e939ad-9672-4796-9c2e-873181342d2d', name: 'Insights Business Leader', neededFor: 'insights into how Microsoft 365 is used' },
];

/** Includes every other role; Microsoft lets no relationship that has it extend itself. */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** Whether somebody with these roles may do what the needed one allows. */
export function covers(roleIds: ReadonlySet<string>, { id }: NeededRole): boolean {
	return roleIds.has(id) || roleIds.has(GLOBAL_ADMINISTRATOR);
}

/** Names of the needed roles among these; others are of no use here. */
export function namesOf(roleIds: ReadonlySet<string>): string[] {
	return NEEDED_ROLES.filter((role) => covers(roleIds, role)).map(({ name }) => name);
}
