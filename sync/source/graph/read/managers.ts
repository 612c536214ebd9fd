import type { Manager, Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { query, type RawRecord, type Reading } from '../transport/reading';

/** `GET /users/{id}/manager`; 404 for somebody who has none (contract: B2). */
export const MANAGERS: Reading = {
	what: 'managers of users',
	permission: 'User.Read.All',
	alsoBy: ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	resourceUnits: 1,
};

const SELECT = 'id,displayName,userPrincipalName,mail';

/** For `$expand`, where the list allows it. */
export const MANAGER_EXPANDED = `manager($select=${SELECT})`;

/** @param raw what came by `$expand` or by itself; nobody has a manager that did not come */
export function managerOf(raw: unknown): Manager | null {
	if (typeof raw !== 'object' || raw === null) return null;
	const { id, displayName, userPrincipalName, mail } = raw as RawRecord & Manager;
	return { id: String(id).toLowerCase(), displayName, userPrincipalName, mail };
}

/** Managers of people in a list that takes no `$expand`, twenty in one request. @returns in the order of the people */
export async function managersOf(client: GraphClient, people: readonly Person[]): Promise<Array<Manager | null>> {
	const requests = people.map(
		({ id }): GraphRequest => ({ reading: MANAGERS, address: `/users/${id}/manager${query({ $select: SELECT })}`, expects: 'object', record: `manager of user ${id}` }),
	);
	return (await client.batch(requests)).map((answer, index) => {
		if (answer.status === 404) return null;
		if (answer.status !== 200) throw client.explain(answer, requests[index]);
		return managerOf(answer.body);
	});
}
