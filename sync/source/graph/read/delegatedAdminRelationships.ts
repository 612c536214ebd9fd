import type { DelegatedAdminRelationship } from '@microsoft/microsoft-graph-types';
import type { Relationship } from '../../../model/customer';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type Reading } from '../transport/reading';

export const DELEGATED_ADMIN_RELATIONSHIPS: Reading = {
	what: 'the delegated administration relationships',
	permission: 'DelegatedAdminRelationship.Read.All',
	alsoBy: ['DelegatedAdminRelationship.ReadWrite.All'],
	pageSize: 300,
	resourceUnits: 0,
	quotas: ['partner'],
};

/** Every granular relationship (GDAP) of the partner, ended ones included: `GET /tenantRelationships/delegatedAdminRelationships`. */
export async function delegatedAdminRelationships(client: GraphClient): Promise<Relationship[]> {
	const address = `/tenantRelationships/delegatedAdminRelationships${query({ $top: DELEGATED_ADMIN_RELATIONSHIPS.pageSize })}`;
	const relationships = await collect(readPages<DelegatedAdminRelationship>(client, { reading: DELEGATED_ADMIN_RELATIONSHIPS, address }));
	return relationships.map(relationshipOf);
}

function relationshipOf(raw: DelegatedAdminRelationship): Relationship {
	return {
		id: raw.id ?? '',
		displayName: raw.displayName ?? null,
		status: raw.status ?? 'unknown',
		customerTenantId: raw.customer?.tenantId?.toLowerCase() ?? null,
		customerName: raw.customer?.displayName ?? null,
		roleIds: roleIdsOf(raw.accessDetails),
		createdDateTime: raw.createdDateTime ?? null,
		activatedDateTime: raw.activatedDateTime ?? null,
		endDateTime: raw.endDateTime ?? null,
		autoExtend: doesExtend(raw.autoExtendDuration),
	};
}

/** The roles of a relationship, or of a group in it. */
export function roleIdsOf(details: DelegatedAdminRelationship['accessDetails']): string[] {
	return (details?.unifiedRoles ?? []).flatMap(({ roleDefinitionId }) => (roleDefinitionId ? [roleDefinitionId.toLowerCase()] : []));
}

/** An ISO 8601 duration: `P180D` extends, `PT0S` and nothing do not. */
function doesExtend(duration: string | null | undefined): boolean {
	return /[1-9]/.test(duration ?? '');
}
