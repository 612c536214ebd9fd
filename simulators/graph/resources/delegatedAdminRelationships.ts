import type { AccessAssignment, Relationship } from '../../world/partnerDirectory';
import { DELEGATED_ADMIN_ACCESS_ASSIGNMENT, DELEGATED_ADMIN_RELATIONSHIP } from '../entities/partner';
import type { GraphCall, GraphResource } from '../graphCall';
import { notFound } from '../graphFailure';
import { listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { etagOf, LARGEST_PARTNER_PAGE, PARTNER_LIST_OPTIONS, PARTNER_METADATA, RELATIONSHIP_READERS } from './delegatedAdminCustomers';

type Shown = Readonly<Record<string, unknown>>;

/** Every relationship of the partner, ended ones included. */
export const delegatedAdminRelationships: GraphResource = {
	path: 'tenantRelationships/delegatedAdminRelationships',
	permissions: RELATIONSHIP_READERS,
	resourceUnits: 1,
	options: PARTNER_LIST_OPTIONS,
	answer: (call) => {
		const properties = selectedProperties(DELEGATED_ADMIN_RELATIONSHIP, call.query.names('$select'), { collection: true });
		return listPage<Relationship>({
			call,
			items: relationshipsOf(call),
			entity: DELEGATED_ADMIN_RELATIONSHIP,
			context: 'delegatedAdminRelationships',
			metadataAt: PARTNER_METADATA,
			subject: propertiesOf,
			largestPage: LARGEST_PARTNER_PAGE,
			render: (relationship) => rendered(relationship, properties),
		});
	},
};

export const delegatedAdminRelationship: GraphResource = {
	path: 'tenantRelationships/delegatedAdminRelationships/{id}',
	permissions: RELATIONSHIP_READERS,
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const properties = selectedProperties(DELEGATED_ADMIN_RELATIONSHIP, call.query.names('$select'), { collection: false });
		const context = `${call.origin}/v1.0/${PARTNER_METADATA}$metadata#delegatedAdminRelationships/$entity`;
		return { status: 200, body: { '@odata.context': context, ...rendered(findRelationship(call), properties) } };
	},
};

/** Which security groups of the partner hold which roles of one relationship. */
export const accessAssignments: GraphResource = {
	path: 'tenantRelationships/delegatedAdminRelationships/{id}/accessAssignments',
	permissions: RELATIONSHIP_READERS,
	resourceUnits: 1,
	options: PARTNER_LIST_OPTIONS,
	answer: (call) => {
		const properties = selectedProperties(DELEGATED_ADMIN_ACCESS_ASSIGNMENT, call.query.names('$select'), { collection: true });
		return listPage<AccessAssignment>({
			call,
			items: findRelationship(call).assignments,
			entity: DELEGATED_ADMIN_ACCESS_ASSIGNMENT,
			context: 'accessAssignments',
			metadataAt: PARTNER_METADATA,
			largestPage: LARGEST_PARTNER_PAGE,
			render: (assignment) => ({
				'@odata.type': '#microsoft.graph.delegatedAdminAccessAssignment',
				'@odata.etag': etagOf(assignment.id, assignment.lastModifiedDateTime),
				...project(
					{
						...assignment,
						accessContainer: { accessContainerId: assignment.groupId, accessContainerType: 'securityGroup' },
						accessDetails: accessDetails(assignment.roles),
					},
					DELEGATED_ADMIN_ACCESS_ASSIGNMENT,
					properties,
				),
			}),
		});
	},
};

/** None in a tenant that is no partner's. */
function relationshipsOf(call: GraphCall): readonly Relationship[] {
	return call.tenant.partner?.relationshipsAt(call.clock.now()) ?? [];
}

function findRelationship(call: GraphCall): Relationship {
	const { id } = call.parameters;
	const found = relationshipsOf(call).find((relationship) => relationship.id === id.toLowerCase());
	if (!found) throw notFound(id);
	return found;
}

function rendered(relationship: Relationship, properties: readonly string[]): Record<string, unknown> {
	return {
		'@odata.type': `#microsoft.graph.${relationship.ofReseller ? 'resellerDelegatedAdminRelationship' : 'delegatedAdminRelationship'}`,
		'@odata.etag': etagOf(relationship.id, relationship.status, relationship.lastModifiedDateTime),
		...project(propertiesOf(relationship), DELEGATED_ADMIN_RELATIONSHIP, properties),
	};
}

function propertiesOf(relationship: Relationship): Shown {
	const { customerTenantId, customerName, roles, ...others } = relationship;
	return { ...others, customer: { tenantId: customerTenantId, displayName: customerName }, accessDetails: accessDetails(roles) };
}

function accessDetails(roles: readonly string[]): Record<string, unknown> {
	return { unifiedRoles: roles.map((roleDefinitionId) => ({ roleDefinitionId })) };
}
