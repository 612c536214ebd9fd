import { personOfFinding } from '../../../model/finding';
import type { Whereabouts } from '../../../model/person';
import { isGuid } from '../signIn/entraApp';
import type { GraphClient } from '../transport/client';
import { whereaboutsOf } from './whereabouts';

/**
 * Findings that an audit says nothing of: where their person is disabled or deleted they are gone. That somebody is
 * there and enabled tells nothing of them, and neither does anything of a finding about no person.
 *
 * @param ids of findings
 * @returns only those that are gone
 */
export async function findingWhereabouts(client: GraphClient, ids: Iterable<string>): Promise<Map<string, Whereabouts>> {
	const findings = new Map<string, string>();
	for (const id of ids) {
		const personId = personOfFinding(id);
		if (personId !== undefined && isGuid(personId)) findings.set(personId, id);
	}
	const gone = new Map<string, Whereabouts>();
	for (const [personId, where] of await whereaboutsOf(client, findings.keys())) {
		if (where !== 'filteredOut') gone.set(findings.get(personId)!, 'gone');
	}
	return gone;
}
