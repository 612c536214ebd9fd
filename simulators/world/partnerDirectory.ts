import { guidOf } from './random';
import type { AccessAssignmentSeed, ContractSeed, PartnerSeed, RelationshipSeed } from './partnerTypes';

const DAY = 24 * 60 * 60_000;

export interface Relationship extends RelationshipSeed {
	sequence: number;
	/** With the partner's tenant id behind it, as Graph shows it. */
	readonly id: string;
	lastModifiedDateTime: string;
	assignments: AccessAssignment[];
}

export interface AccessAssignment extends AccessAssignmentSeed {
	sequence: number;
	createdDateTime: string;
	lastModifiedDateTime: string;
}

export interface Contract extends ContractSeed {
	sequence: number;
}

/**
 * A partner's side of the world, alive: relationships with customers, the groups that hold their roles, contracts. What
 * the partner or a customer does between two reads is done here. A relationship is named by its id or by the tenant id
 * of its customer; an unknown one throws.
 */
export class PartnerDirectory {
	readonly contracts: Contract[];
	readonly adminAgentsGroupId: string;
	private readonly all: Relationship[] = [];
	private nextAssignment = 1;

	constructor(
		private readonly partnerTenantId: string,
		seed: PartnerSeed,
	) {
		this.adminAgentsGroupId = seed.adminAgentsGroupId;
		this.contracts = seed.contracts.map((contract, index) => ({ ...contract, sequence: index + 1 }));
		for (const relationship of seed.relationships) this.addRelationship(relationship);
	}

	/** Every relationship as it stands at this moment: one whose end has come is extended or has expired. */
	relationshipsAt(now: number): readonly Relationship[] {
		for (const relationship of this.all) settle(relationship, now);
		return this.all;
	}

	addRelationship(seed: RelationshipSeed): Relationship {
		const relationship: Relationship = {
			...seed,
			id: `${seed.id}-${this.partnerTenantId}`,
			sequence: this.all.length + 1,
			lastModifiedDateTime: seed.activatedDateTime ?? seed.createdDateTime,
			assignments: [],
		};
		this.all.push(relationship);
		for (const assignment of seed.assignments ?? []) this.addAssignment(relationship, assignment);
		return relationship;
	}

	/** The customer or the partner changes something: terminates it, approves it, lets it be extended. */
	updateRelationship(idOrCustomer: string, patch: Partial<Omit<RelationshipSeed, 'id' | 'assignments'>>): void {
		Object.assign(this.relationship(idOrCustomer), patch);
	}

	/** Gives a group of the partner roles of a relationship. */
	assign(idOrCustomer: string, groupId: string, roles: readonly string[]): void {
		this.addAssignment(this.relationship(idOrCustomer), { id: guidOf(`assignment ${this.nextAssignment++} ${groupId}`), groupId, roles });
	}

	/** Takes everything from a group that a relationship gave it. */
	unassign(idOrCustomer: string, groupId: string): void {
		const relationship = this.relationship(idOrCustomer);
		relationship.assignments = relationship.assignments.filter((assignment) => assignment.groupId !== groupId);
	}

	/**
	 * Template ids of the roles that members of these groups hold in a customer's tenant: those of active assignments, as
	 * far as the active relationship has them.
	 */
	rolesIn(customerTenantId: string, groupIds: ReadonlySet<string>, now: number): string[] {
		const held = new Set<string>();
		for (const relationship of this.relationshipsAt(now)) {
			if (relationship.customerTenantId !== customerTenantId || relationship.status !== 'active') continue;
			for (const { groupId, roles, status } of relationship.assignments) {
				if (status !== 'active' || !groupIds.has(groupId)) continue;
				for (const role of roles) if (relationship.roles.includes(role)) held.add(role);
			}
		}
		return [...held];
	}

	private addAssignment(relationship: Relationship, seed: AccessAssignmentSeed): void {
		const at = relationship.activatedDateTime ?? relationship.createdDateTime;
		relationship.assignments.push({
			status: 'active',
			...seed,
			sequence: (relationship.assignments.at(-1)?.sequence ?? 0) + 1,
			createdDateTime: at,
			lastModifiedDateTime: at,
		});
	}

	private relationship(idOrCustomer: string): Relationship {
		const key = idOrCustomer.toLowerCase();
		const found = this.all.find((each) => each.id === key || each.customerTenantId === key);
		if (!found) throw new Error(`No relationship ${idOrCustomer} of the partner ${this.partnerTenantId}`);
		return found;
	}
}

/** Auto extend adds its 180 days again and again; without it the relationship expires at its end. */
function settle(relationship: Relationship, now: number): void {
	if (relationship.status !== 'active' || relationship.endDateTime === undefined) return;
	let end = Date.parse(relationship.endDateTime);
	if (end > now) return;
	if (relationship.autoExtendDuration === 'PT0S') {
		relationship.status = 'expired';
		relationship.lastModifiedDateTime = relationship.endDateTime;
		return;
	}
	const extension = Number(/^P(\d+)D$/.exec(relationship.autoExtendDuration)?.[1]) * DAY;
	end += Math.ceil((now - end + 1) / extension) * extension;
	relationship.endDateTime = `${new Date(end).toISOString().slice(0, 19)}Z`;
}
