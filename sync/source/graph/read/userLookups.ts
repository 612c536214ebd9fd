import type { Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { optional, type Skipped } from '../transport/optional';
import { administratorsOf } from './administrators';
import { licenceNames } from './licenceNames';
import { mailboxKinds } from './mailboxKinds';
import { managerOf, managersOf, MANAGER_EXPANDED } from './managers';
import { skuIds, type RawUser } from './userProjection';

/** Adds to the people of a page what is no property of Entra's `user`. */
export type UserLookup = (people: readonly Person[], raws: readonly RawUser[]) => Promise<void> | void;

export interface UserLookups {
	/** For `$expand`. */
	expand?: string;
	/** Resource units that this adds to a page. */
	resourceUnits: number;
	/** Fills in what was chosen. */
	tell(people: readonly Person[], raws: readonly RawUser[]): Promise<void>;
}

export interface LookupOptions {
	/** The list takes no `$expand`: it is one of members, or needs the advanced engine. */
	withoutExpand: boolean;
	/** A few people only. */
	few?: boolean;
	/** Is told once of each lookup that the tenant has no licence or no permission for; people then lack the property. */
	onSkipped?: (skipped: Skipped) => void;
}

/** @param chosen names of USER_LOOKUPS @throws SyncError when one of them fails for another reason than a missing permission */
export async function userLookups(client: GraphClient, chosen: ReadonlySet<string>, { withoutExpand, few, onSkipped }: LookupOptions): Promise<UserLookups> {
	const lookups: UserLookup[] = [];
	const managers = chosen.has('manager') || chosen.has('managerId');
	if (managers) {
		lookups.push(async (people, raws) => {
			const found = withoutExpand ? await managersOf(client, people) : raws.map(({ manager }) => managerOf(manager));
			people.forEach((person, index) => {
				if (chosen.has('manager')) person.manager = found[index];
				if (chosen.has('managerId')) person.managerId = found[index]?.id ?? null;
			});
		});
	}
	if (chosen.has('licenceNames')) {
		const nameOf = await licenceNames();
		lookups.push((people, raws) => people.forEach((person, index) => (person.licenceNames = skuIds(raws[index]).map((id) => nameOf(id).displayName))));
	}
	if (chosen.has('mailboxKind')) {
		const kinds = await mailboxKinds(client, { onSkipped, few });
		lookups.push(async (people, raws) => await kinds.tell(people, raws));
	}
	if (chosen.has('isAdministrator') || chosen.has('adminRoles')) {
		const roles = await optional(async () => await administratorsOf(client));
		if (!roles.read) onSkipped?.(roles.skipped);
		else lookups.push((people) => people.forEach((person) => tellRoles(person, roles.value.get(person.id) ?? [], chosen)));
	}
	return {
		expand: managers && !withoutExpand ? MANAGER_EXPANDED : undefined,
		resourceUnits: managers && !withoutExpand ? 1 : 0,
		async tell(people, raws) {
			for (const lookup of lookups) await lookup(people, raws);
		},
	};
}

function tellRoles(person: Person, roles: readonly string[], chosen: ReadonlySet<string>): void {
	if (chosen.has('isAdministrator')) person.isAdministrator = roles.length > 0;
	if (chosen.has('adminRoles')) person.adminRoles = [...roles];
}
