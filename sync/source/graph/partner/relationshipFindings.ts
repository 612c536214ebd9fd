import type { Customer, Relationship } from '../../../model/customer';
import type { CustomerCheck, Finding } from '../../../model/customerCheck';
import type { AccessAssignment } from '../read/accessAssignments';
import { daysUntil, isActive } from './customers';
import { gap, ok, unknown, warning } from './findings';
import { covers, GLOBAL_ADMINISTRATOR, namesOf, NEEDED_ROLES, type NeededRole } from './roles';

/** Fewer days than this are a warning: a new relationship has to be offered and approved in time. */
const WARNING_DAYS = 30;

/** A relationship that only waits for somebody. */
const WAITING = new Set(['created', 'approvalPending', 'approved', 'activating']);

/** What the partner's own tenant tells; undefined: it could not be read. */
export interface PartnerSide {
	/** Groups with roles, by the id of the relationship; of active relationships. */
	assignments: ReadonlyMap<string, readonly AccessAssignment[]> | undefined;
	/** Ids of the groups that the service account is in. */
	ownGroups: ReadonlySet<string> | undefined;
}

type RelationshipPart = Pick<CustomerCheck, 'relationship' | 'daysLeft' | 'rolesHeld' | 'rolesMissing'> & { findings: Finding[] };

/** Judges the relationship with a customer, its end, its groups and their roles. */
export function relationshipPart({ relationships }: Customer, side: PartnerSide, nowMilliseconds: number): RelationshipPart {
	if (!relationships) {
		const finding = unknown('relationship', 'The relationships could not be read.', 'Give the app the delegated permission DelegatedAdminRelationship.Read.All in the partner’s own tenant.');
		return { relationship: null, daysLeft: null, findings: [finding] };
	}
	const active = relationships.filter((relationship) => isActive(relationship, nowMilliseconds));
	if (active.length === 0) {
		return { relationship: null, daysLeft: null, rolesHeld: [], rolesMissing: NEEDED_ROLES.map(({ name }) => name), findings: [noRelationship(relationships[0])] };
	}
	const { id, displayName, status, endDateTime, autoExtend } = active[0];
	const daysLeft = endDateTime === null ? null : daysUntil(endDateTime, nowMilliseconds);
	const roles = rolesPart(active, side);
	return {
		...roles,
		relationship: { id, displayName, status, endDateTime, autoExtend },
		daysLeft,
		findings: [ok('relationship', `The relationship "${displayName ?? id}" is ${status}.`), endOf(active[0], daysLeft), ...roles.findings],
	};
}

function noRelationship(newest: Relationship | undefined): Finding {
	if (newest && WAITING.has(newest.status)) {
		return gap('relationship', `The relationship "${newest.displayName ?? newest.id}" is not active yet (${newest.status}).`, 'An administrator of the customer approves it, by the link that Partner Center shows under Admin relationships.');
	}
	const before = newest ? ` The last one, "${newest.displayName ?? newest.id}", is ${newest.status}.` : '';
	return gap(
		'relationship',
		`There is no active relationship with this customer.${before}`,
		`Offer one in Partner Center → Customers → the customer → Admin relationships, with the roles ${NEEDED_ROLES.map(({ name }) => name).join(', ')}, and have an administrator of the customer approve it.`,
	);
}

function endOf({ endDateTime, autoExtend, roleIds }: Relationship, daysLeft: number | null): Finding {
	if (endDateTime === null || daysLeft === null) return ok('relationshipEnd', 'The relationship has no end.');
	const day = endDateTime.slice(0, 10);
	if (autoExtend) return ok('relationshipEnd', `The relationship extends itself on ${day}.`);
	const ends = `The relationship ends on ${day}, in ${daysLeft} days.`;
	if (daysLeft >= WARNING_DAYS) return ok('relationshipEnd', ends);
	return warning(
		'relationshipEnd',
		ends,
		roleIds.includes(GLOBAL_ADMINISTRATOR)
			? 'Offer the customer a new relationship in time, without Global Administrator: one with that role cannot extend itself.'
			: 'Turn on Auto extend for it in Partner Center → Customers → the customer → Admin relationships, or offer a new relationship in time.',
	);
}

/** Roles reach the service account through the groups that it is in, as far as the relationship has them. */
function rolesPart(active: readonly Relationship[], { assignments, ownGroups }: PartnerSide): Pick<RelationshipPart, 'rolesHeld' | 'rolesMissing' | 'findings'> {
	if (!assignments || !ownGroups) {
		const what = assignments ? 'the groups of the service account' : 'the groups of the relationship';
		return { findings: [unknown('securityGroup', `Could not read ${what}.`, `Give the app the delegated permission ${assignments ? 'User.Read' : 'DelegatedAdminRelationship.Read.All'} in the partner’s own tenant.`)] };
	}
	const approved = new Set(active.flatMap(({ roleIds }) => roleIds));
	const granted = active.flatMap((relationship) =>
		(assignments.get(relationship.id) ?? [])
			.filter(({ status }) => status === 'active')
			.map(({ groupId, roleIds }) => ({ groupId, roleIds: roleIds.filter((role) => relationship.roleIds.includes(role)) })),
	);
	const own = granted.filter(({ groupId }) => ownGroups.has(groupId));
	const held = new Set(own.flatMap(({ roleIds }) => roleIds));
	const missing = NEEDED_ROLES.filter((role) => !covers(held, role));
	return {
		rolesHeld: namesOf(held),
		rolesMissing: missing.map(({ name }) => name),
		findings: [groupFinding(granted, own), ...(own.length > 0 ? [roleFinding(missing, approved)] : [])],
	};
}

function groupFinding(granted: ReadonlyArray<{ groupId: string }>, own: ReadonlyArray<{ groupId: string }>): Finding {
	if (granted.length === 0) {
		return gap(
			'securityGroup',
			'No security group has roles of the relationship.',
			'In Partner Center → Customers → the customer → Admin relationships → the relationship → Security groups, add a group of your tenant in which the service account is a member, and choose its roles.',
		);
	}
	if (own.length === 0) {
		const groups = [...new Set(granted.map(({ groupId }) => groupId))].join(', ');
		return gap('securityGroup', `The service account is in none of the security groups that have roles of the relationship (${groups}).`, 'Make the service account a member of one of them in your tenant, or give a group that it is in roles of the relationship in Partner Center.');
	}
	return ok('securityGroup', `The service account holds its roles by the group ${[...new Set(own.map(({ groupId }) => groupId))].join(', ')}.`);
}

function roleFinding(missing: readonly NeededRole[], approved: ReadonlySet<string>): Finding {
	if (missing.length === 0) return ok('roles', 'The service account holds every role that is needed.');
	const notGiven = missing.filter((role) => covers(approved, role));
	const notApproved = missing.filter((role) => !covers(approved, role));
	const names = (roles: readonly NeededRole[]) => roles.map(({ name }) => name).join(', ');
	return gap(
		'roles',
		`The service account lacks ${missing.map(({ name, neededFor }) => `${name} (${neededFor})`).join(', ')}.`,
		[
			...(notGiven.length > 0 ? [`The relationship has ${names(notGiven)}: in Partner Center, give them to the security group of the service account.`] : []),
			...(notApproved.length > 0 ? [`The relationship lacks ${names(notApproved)}, and roles cannot be added to it: offer the customer a new one that has them.`] : []),
		].join(' '),
	);
}
