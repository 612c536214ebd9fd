import type { DelegatedAdminAccessAssignment } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { collect, readPages } from '../transport/paging';
import { DELEGATED_ADMIN_RELATIONSHIPS, roleIdsOf } from './delegatedAdminRelationships';

const READING = { ...DELEGATED_ADMIN_RELATIONSHIPS, what: 'the groups of a delegated administration relationship' };

/** A security group of the partner that holds some roles of a relationship. */
export interface AccessAssignment {
	status: string;
	/** Object id of the group in the partner's tenant, lower case. */
	groupId: string;
	/** Template ids of roles, lower case. */
	roleIds: string[];
}

/**
 * Which groups of the partner hold which roles, by relationship: `…/{id}/accessAssignments`, many relationships on one
 * way.
 *
 * @throws SyncError when the assignments of one relationship cannot be read
 */
export async function accessAssignments(client: GraphClient, relationshipIds: readonly string[]): Promise<Map<string, AccessAssignment[]>> {
	const requests = relationshipIds.map((id): GraphRequest => ({
		reading: READING,
		address: `/tenantRelationships/delegatedAdminRelationships/${encodeURIComponent(id)}/accessAssignments`,
		expects: 'list',
	}));
	const answers = await client.batch(requests);
	const found = new Map<string, AccessAssignment[]>();
	for (const [index, answer] of answers.entries()) {
		if (answer.status !== 200) throw client.explain(answer, requests[index]);
		const body = answer.body as { value: DelegatedAdminAccessAssignment[]; '@odata.nextLink'?: string };
		const assignments = [...body.value];
		if (body['@odata.nextLink']) {
			assignments.push(...(await collect(readPages<DelegatedAdminAccessAssignment>(client, { reading: READING, address: body['@odata.nextLink'] }))));
		}
		found.set(relationshipIds[index], assignments.flatMap(assignmentOf));
	}
	return found;
}

function assignmentOf(raw: DelegatedAdminAccessAssignment): AccessAssignment[] {
	const groupId = raw.accessContainer?.accessContainerId?.toLowerCase();
	return groupId ? [{ groupId, status: raw.status ?? 'unknown', roleIds: roleIdsOf(raw.accessDetails) }] : [];
}
