import type { AuthenticationStatus } from '../../../model/authentication';
import { noMfaId, type Finding, type SecurityAuditSummary } from '../../../model/finding';
import type { Person } from '../../../model/person';
import type { DeletedUser } from './deletedUsers';

/** What is known of how people sign in. */
export interface MfaFacts {
	/** From the report, which leaves out disabled people and may be some hours old. */
	registrations: readonly AuthenticationStatus[];
	/** Everybody who is there, with `accountEnabled`, `userType` and names. */
	people: readonly Person[];
	deleted: readonly DeletedUser[];
}

export interface MfaAudit {
	findings: Finding[];
	counts: Required<Pick<SecurityAuditSummary, 'peopleWithoutMfa' | 'administratorsWithoutMfa' | 'peopleWithMfa' | 'peopleUnknown'>>;
}

export interface Audited {
	tenantId: string;
	tenantName?: string;
}

/**
 * Who has no MFA that the tenant's policy allows, and of whom it is known to be no matter (any more): they have it, are
 * disabled, or were deleted. Whoever the report does not name, or says nothing of, is not known and does not come.
 *
 * @param includeGuests whether guests without MFA are findings: mostly their own tenant asks them for it
 */
export function mfaFindings({ registrations, people, deleted }: MfaFacts, audited: Audited, includeGuests: boolean): MfaAudit {
	const statuses = new Map(registrations.map((status) => [status.personId, status]));
	const findings: Finding[] = [];
	const counts = { peopleWithoutMfa: 0, administratorsWithoutMfa: 0, peopleWithMfa: 0, peopleUnknown: 0 };
	const there = new Set<string>();
	for (const person of people) {
		there.add(person.id);
		if (person.accountEnabled === false) {
			findings.push(gone(person, audited, 'the account is disabled'));
			continue;
		}
		const status = statuses.get(person.id);
		const looked = includeGuests || person.userType !== 'Guest';
		if (person.accountEnabled !== true || status?.mfaCapable === undefined) {
			if (looked) counts.peopleUnknown++;
		} else if (status.mfaCapable) {
			if (looked) counts.peopleWithMfa++;
			findings.push(gone(person, audited, 'a method that the policy allows is registered', status));
		} else if (looked) {
			counts.peopleWithoutMfa++;
			if (status.administrator) counts.administratorsWithoutMfa++;
			findings.push(present(person, status, audited));
		}
	}
	for (const person of deleted) if (!there.has(person.id)) findings.push(gone(person, audited, 'the account was deleted'));
	return { findings, counts };
}

type Who = Pick<Person, 'id' | 'displayName' | 'userPrincipalName'>;

function present(person: Who, status: AuthenticationStatus, audited: Audited): Finding {
	const who = nameOf(person);
	const administrator = status.administrator === true;
	const registered = status.mfaRegistered === true;
	const login = person.userPrincipalName && person.userPrincipalName !== who ? ` (${person.userPrincipalName})` : '';
	const lacks = registered
		? `has registered ${status.methods.join(', ') || 'methods'} for multifactor authentication, and the tenant’s policy allows none of it`
		: 'has registered no method of multifactor authentication';
	return {
		...about(person, audited),
		change: 'present',
		severity: administrator ? 'high' : 'medium',
		title: `No MFA: ${who}${administrator ? ', administrator' : ''}${inTenant(audited)}`,
		text: `${who}${login}${administrator ? ', who holds an administrator role,' : ''} ${lacks}${inTenant(audited)}.`,
		whatToDo: registered
			? 'Allow a method that is registered (Entra admin center → Authentication methods → Policies), or have another one registered at aka.ms/mfasetup.'
			: 'Have a method registered at aka.ms/mfasetup. If nobody needs the account, disable it.',
		...administratorOf(status),
	};
}

function gone(person: Who, audited: Audited, why: string, status?: AuthenticationStatus): Finding {
	const who = nameOf(person);
	return {
		...about(person, audited),
		change: 'gone',
		whereabouts: 'gone',
		severity: status?.administrator ? 'high' : 'medium',
		title: `MFA in order: ${who}${inTenant(audited)}`,
		text: `${who}: ${why}.`,
		whatToDo: '',
		...administratorOf(status),
	};
}

function about({ id, displayName, userPrincipalName }: Who, { tenantId, tenantName }: Audited): Pick<Finding, 'kind' | 'tenantId' | 'id' | 'code' | 'mode' | 'tenantName' | 'personId' | 'displayName' | 'userPrincipalName'> {
	return {
		kind: 'finding',
		tenantId,
		id: noMfaId(id),
		code: 'noMfa',
		mode: 'incremental',
		...(tenantName === undefined ? {} : { tenantName }),
		personId: id,
		...(displayName === undefined ? {} : { displayName }),
		...(userPrincipalName === undefined ? {} : { userPrincipalName }),
	};
}

function administratorOf(status: AuthenticationStatus | undefined): Pick<Finding, 'administrator'> {
	return typeof status?.administrator === 'boolean' ? { administrator: status.administrator } : {};
}

function nameOf({ displayName, userPrincipalName, id }: Who): string {
	return displayName || userPrincipalName || id;
}

/** For the end of a title or sentence. */
export function inTenant({ tenantName }: Audited): string {
	return tenantName === undefined ? '' : ` (${tenantName})`;
}
