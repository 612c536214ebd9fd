import type { DirectoryType, LinkChange } from '../../world/directoryChanges';
import type { Placed } from '../../world/directoryObjects';
import type { TenantDirectory } from '../../world/tenantDirectory';
import type { MemberSeed } from '../../world/types';
import type { EntityType } from '../entities/entityType';
import { notStored } from '../graphFailure';
import { selectedProperties } from '../odata/projection';
import type { DeltaQuery } from './deltaTokens';

export type Relation = LinkChange['relation'];

/** A kind of object that can be followed. */
export interface DeltaSource {
	type: DirectoryType;
	entity: EntityType;
	/** Relationships that `$select` may name, with the objects that they lead to. */
	relations: Readonly<Partial<Record<Relation, (tenant: TenantDirectory, id: string) => readonly MemberSeed[]>>>;
	/** Those that come without `$select`. */
	defaultRelations: readonly Relation[];
}

/** What a query tells of an object. */
export interface Selection {
	properties: readonly string[];
	relations: readonly Relation[];
}

/** Throws Graph's answer for a property that there is not, or that the directory does not store. */
export function selectionOf(source: DeltaSource, { select }: Pick<DeltaQuery, 'select'>): Selection {
	if (select?.includes('signInActivity')) throw notStored();
	const isRelation = (name: string): name is Relation => Object.hasOwn(source.relations, name);
	const properties = selectedProperties(source.entity, select?.filter((name) => !isRelation(name)), { collection: true });
	return {
		properties: properties.includes('id') ? properties : [...properties, 'id'],
		relations: select ? select.filter(isRelation) : source.defaultRelations,
	};
}

/** Every link that an object has now. One that leads to an object which is gone for good counts as cut. */
export function linksOf(tenant: TenantDirectory, source: DeltaSource, object: Placed, relations: readonly Relation[]): LinkChange[] {
	return relations.flatMap((relation) =>
		(source.relations[relation]?.(tenant, object.id) ?? []).map((to) => ({ relation, to, cut: isGone(tenant, to) })),
	);
}

/** Soft-deleted people keep their memberships (Microsoft, "Get incremental changes for groups"). */
function isGone(tenant: TenantDirectory, { type, id }: MemberSeed): boolean {
	if (type !== 'user' && type !== 'group' && type !== 'device') return false;
	return !tenant.objects[type].find(id) && !tenant.objects[type].findRemoved(id);
}
