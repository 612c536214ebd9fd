import type { HeldLicence, LicenceCount, LicenceHolder, LicenceOwner, LicensedPerson } from '../../../model/licence';
import type { Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import type { PageEvent } from '../transport/paging';
import type { LicenceNames } from './licenceNames';
import type { SubscribedSku } from './subscribedSkus';
import { userPages } from './users';

export interface HoldersRequest {
	names: LicenceNames;
	/** For the short names; without them these stay unknown. */
	skus: readonly SubscribedSku[];
	/** Only people with one of these, and only these of them (GUIDs). */
	anyOfSkuIds?: readonly string[];
	/** Leave out what costs nothing. */
	withoutFree?: boolean;
}

/** How Graph tells of each assignment; groups that failed to give a licence are listed too. */
interface AssignmentState {
	skuId?: string | null;
	assignedByGroup?: string | null;
	state?: string | null;
	error?: string | null;
	lastUpdatedDateTime?: string | null;
}

const PROPERTIES = ['userPrincipalName', 'displayName', 'mail', 'userType', 'accountEnabled', 'createdDateTime', 'licenceSkuIds', 'licenseAssignmentStates'];

/**
 * Who holds licences, disabled people and guests included, page by page: one read of the users, none per person.
 *
 * @throws SyncError when any page cannot be read
 */
export async function* licensedPeoplePages(client: GraphClient, request: HoldersRequest): AsyncGenerator<PageEvent<LicensedPerson>, void> {
	const wanted = request.anyOfSkuIds?.length ? new Set(request.anyOfSkuIds.map((id) => id.trim().toLowerCase())) : undefined;
	const held = heldLicences(request, wanted);
	for await (const page of userPages(client, { properties: PROPERTIES, filter: { licensedOnly: true, anyOfSkuIds: request.anyOfSkuIds } })) {
		if (page.kind === 'restart') {
			yield page;
			continue;
		}
		const people: LicensedPerson[] = [];
		for (const person of page.items) {
			const licences = held(person);
			if (licences.length > 0) people.push({ kind: 'licensedPerson', tenantId: person.tenantId, ...ownerOf(person), licences });
		}
		yield { kind: 'page', items: people };
	}
}

function ownerOf(person: Person): LicenceOwner {
	return {
		personId: person.id,
		userPrincipalName: person.userPrincipalName ?? null,
		displayName: person.displayName ?? null,
		mail: person.mail ?? null,
		userType: person.userType ?? 'Member',
		accountEnabled: person.accountEnabled ?? null,
		createdDateTime: (person.createdDateTime as string | null | undefined) ?? null,
	};
}

function heldLicences({ names, skus, withoutFree }: HoldersRequest, wanted: ReadonlySet<string> | undefined): (person: Person) => HeldLicence[] {
	const partNumbers = new Map(skus.map(({ skuId, skuPartNumber }) => [skuId, skuPartNumber]));
	const named = new Map<string, Pick<HeldLicence, 'skuId' | 'skuPartNumber' | 'licence' | 'free'>>();
	const nameOf = (skuId: string) => {
		let name = named.get(skuId);
		if (!name) {
			const skuPartNumber = partNumbers.get(skuId) ?? null;
			const { displayName, free } = names(skuId, skuPartNumber);
			named.set(skuId, (name = { skuId, skuPartNumber, licence: displayName, free }));
		}
		return name;
	};
	return (person) => {
		const states = statesBySku(person.licenseAssignmentStates);
		return (person.licenceSkuIds ?? [])
			.filter((skuId) => !wanted || wanted.has(skuId))
			.map((skuId) => ({ ...nameOf(skuId), ...assignment(states.get(skuId) ?? []) }))
			.filter(({ free }) => !withoutFree || !free);
	};
}

function statesBySku(states: unknown): Map<string, AssignmentState[]> {
	const bySku = new Map<string, AssignmentState[]>();
	for (const state of Array.isArray(states) ? (states as AssignmentState[]) : []) {
		const skuId = state.skuId?.toLowerCase();
		if (skuId) bySku.set(skuId, [...(bySku.get(skuId) ?? []), state]);
	}
	return bySku;
}

function assignment(states: readonly AssignmentState[]): Omit<HeldLicence, 'skuId' | 'skuPartNumber' | 'licence' | 'free'> {
	const groupIds = states.flatMap(({ assignedByGroup }) => (assignedByGroup ? [assignedByGroup.toLowerCase()] : []));
	const direct = groupIds.length < states.length;
	const inOrder = (state: AssignmentState) => !state.error || state.error === 'None';
	// One assignment in order gives the licence, whatever became of another.
	const telling = states.find(inOrder) ?? states[0];
	const changed = states.flatMap(({ lastUpdatedDateTime }) => (lastUpdatedDateTime ? [lastUpdatedDateTime] : [])).sort();
	return {
		assignedBy: states.length === 0 ? null : groupIds.length === 0 ? 'user' : direct ? 'userAndGroup' : 'group',
		groupIds,
		assignmentState: telling?.state ?? null,
		assignmentError: telling && !inOrder(telling) ? telling.error! : null,
		assignmentChanged: changed.at(-1) ?? null,
	};
}

/** One record per person and licence. */
export function holdersOf({ licences, kind: _, tenantId, ...owner }: LicensedPerson): LicenceHolder[] {
	return licences.map((licence) => ({ kind: 'licenceHolder', tenantId, ...owner, ...licence }));
}

/** How often each licence is held, by name. */
export function countHolders(people: Iterable<LicensedPerson>): LicenceCount[] {
	const counts = new Map<string, LicenceCount>();
	for (const { tenantId, licences, accountEnabled, userType } of people) {
		for (const { skuId, skuPartNumber, licence, free, assignedBy, assignmentError } of licences) {
			let count = counts.get(skuId);
			if (!count) {
				count = { kind: 'licenceCount', tenantId, skuId, skuPartNumber, licence, free, holders: 0, disabledHolders: 0, guestHolders: 0, byGroupOnly: 0, withError: 0 };
				counts.set(skuId, count);
			}
			count.holders++;
			if (accountEnabled === false) count.disabledHolders++;
			if (userType === 'Guest') count.guestHolders++;
			if (assignedBy === 'group') count.byGroupOnly++;
			if (assignmentError !== null) count.withError++;
		}
	}
	return [...counts.values()].sort((a, b) => a.licence.localeCompare(b.licence, 'en'));
}
