import type { Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { optional, type Skipped } from '../transport/optional';
import { administratorsOf } from './administrators';
import { lastActivity } from './lastActivity';
import { BUSINESS_FAMILIES, familiesHeld, type LicenceFamily } from './licenceFamilies';
import { licenceNames } from './licenceNames';
import { mailboxKinds } from './mailboxKinds';
import { managerOf, managersOf, MANAGER_EXPANDED } from './managers';
import { mfaStatus } from './mfaStatus';
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

/** How people are told, whichever of their properties were chosen. */
export interface UserOptions {
	/** Is told once of each lookup that the tenant has no licence or no permission for; people then lack the property. */
	onSkipped?: (skipped: Skipped) => void;
	/** For `licenceFamily` and `licenceFamilies`, lowest rank first. Default: the Business products. */
	licenceFamilies?: readonly LicenceFamily[];
}

export interface LookupOptions extends UserOptions {
	/** The list takes no `$expand`: it is one of members, or needs the advanced engine. */
	withoutExpand: boolean;
	/** One person only. */
	few?: boolean;
}

/** @param chosen names of USER_LOOKUPS @throws SyncError when one of them fails for another reason than a missing permission */
export async function userLookups(client: GraphClient, chosen: ReadonlySet<string>, { withoutExpand, few, onSkipped, licenceFamilies }: LookupOptions): Promise<UserLookups> {
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
		lookups.push((people, raws) =>
			people.forEach((person, index) => {
				// As with families: what did not come is not known, and clears nothing.
				if (raws[index].assignedLicenses !== undefined) person.licenceNames = skuIds(raws[index]).map((id) => nameOf(id).displayName);
			}),
		);
	}
	if (chosen.has('licenceFamily') || chosen.has('licenceFamilies')) lookups.push(familyLookup(licenceFamilies ?? BUSINESS_FAMILIES, chosen));
	if (chosen.has('mailboxKind')) {
		const kinds = await mailboxKinds(client, { onSkipped, few });
		lookups.push(async (people, raws) => await kinds.tell(people, raws));
	}
	if (chosen.has('isAdministrator') || chosen.has('adminRoles')) {
		const roles = await optional(async () => await administratorsOf(client));
		if (!roles.read) onSkipped?.(roles.skipped);
		else lookups.push((people) => people.forEach((person) => tellRoles(person, roles.value.get(person.id) ?? [], chosen)));
	}
	if (chosen.has('mfaStatus') || chosen.has('mfaMethods')) lookups.push(await mfaStatus(client, chosen, { few, onSkipped }));
	if (chosen.has('lastActivity')) lookups.push(await lastActivity(client, { few, onSkipped }));
	return {
		expand: managers && !withoutExpand ? MANAGER_EXPANDED : undefined,
		resourceUnits: managers && !withoutExpand ? 1 : 0,
		async tell(people, raws) {
			for (const lookup of lookups) await lookup(people, raws);
		},
	};
}

function familyLookup(families: readonly LicenceFamily[], chosen: ReadonlySet<string>): UserLookup {
	const heldBy = familiesHeld(families);
	return (people, raws) =>
		people.forEach((person, index) => {
			// What did not come is not known; an empty list is nobody's licence.
			if (raws[index].assignedLicenses === undefined) return;
			const names = heldBy(skuIds(raws[index])).map((rank) => families[rank].name);
			if (chosen.has('licenceFamilies')) person.licenceFamilies = names;
			if (chosen.has('licenceFamily')) person.licenceFamily = names.at(-1) ?? null;
		});
}

function tellRoles(person: Person, roles: readonly string[], chosen: ReadonlySet<string>): void {
	if (chosen.has('isAdministrator')) person.isAdministrator = roles.length > 0;
	if (chosen.has('adminRoles')) person.adminRoles = [...roles];
}
