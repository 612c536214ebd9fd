import { matchRecords } from '../sync/match/matchRecords';
import type { Match } from '../sync/model/match';
import { syncroContacts } from '../sync/target/syncro/contacts/definition';
import type { Person } from '../sync/model/person';
import type { TargetRecord } from '../sync/model/targetRecord';
import { measurement, median, secondsOf } from './measurement';
import { report } from './report';

const COUNT = 100_000;
const ROUNDS = 9;
const pairing = { tenantId: 't', target: 'syncro', account: 'msp', customerId: '1' };

/** 100,000 people and as many contacts: nine in ten belong together, in another order and another case. */
function lists(): { people: Person[]; records: TargetRecord[] } {
	const people: Person[] = [];
	const records: TargetRecord[] = [];
	for (let i = 0; i < COUNT; i++) {
		const email = `person.number${i}@harbordental.example`;
		people.push({ kind: 'person', tenantId: 't', id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, displayName: `Person ${i}`, email, aliases: [email, `p${i}@harbordental.onmicrosoft.com`] });
		const contact = (i * 7919) % COUNT;
		const known = contact % 10 !== 0;
		records.push({ kind: 'contact', target: 'syncro', account: 'msp', customerId: '1', id: String(contact), name: `Person ${contact}`, email: known ? `Person.Number${contact}@HarborDental.example` : `vendor${contact}@partner.example` });
	}
	return { people, records };
}

/** Floor: two hash maps over the two lists by normalised address, which any way of matching has to build. */
function twoMaps(people: readonly Person[], records: readonly TargetRecord[]): number {
	const byPerson = new Map<string, Person>();
	for (const person of people) byPerson.set(person.email!.trim().toLowerCase(), person);
	const byRecord = new Map<string, TargetRecord>();
	for (const record of records) byRecord.set(record.email!.trim().toLowerCase(), record);
	return byPerson.size + byRecord.size;
}

/** Peer: the plain join that scripts do, without any thought of duplicates. */
function mapJoin(people: readonly Person[], records: readonly TargetRecord[]): Array<[Person, TargetRecord | undefined]> {
	const byRecord = new Map<string, TargetRecord>();
	for (const record of records) byRecord.set(record.email!.trim().toLowerCase(), record);
	return people.map((person) => [person, byRecord.get(person.email!.trim().toLowerCase())]);
}

async function main(): Promise<void> {
	const { people, records } = lists();
	const links = records.filter(({ id }) => Number(id) % 10 !== 0).map(({ id }) => ({ sourceId: people[Number(id)].id, recordId: id }));
	const match = (rules: Array<{ by: 'email' | 'alias' }>, known: typeof links): Match[] =>
		matchRecords({ pairing, nouns: syncroContacts.nouns, sources: people, records, links: known, openIntents: [], rules, whereabouts: new Map() });
	const times = { floor: [] as number[], join: [] as number[], email: [] as number[], linked: [] as number[] };
	let matched = 0;
	for (let round = 0; round < ROUNDS; round++) {
		times.floor.push(await secondsOf(() => twoMaps(people, records)));
		times.join.push(await secondsOf(() => mapJoin(people, records)));
		times.email.push(await secondsOf(() => (matched = match([{ by: 'email' }], []).filter(({ outcome }) => outcome === 'matched').length)));
		times.linked.push(await secondsOf(() => match([{ by: 'email' }, { by: 'alias' }], links)));
	}
	if (matched !== (COUNT * 9) / 10) throw new Error(`Matching is wrong: ${matched} of ${COUNT} were matched.`);
	const floor = median(times.floor);
	report([
		measurement('match 100,000 people with 100,000 contacts by e-mail', median(times.email), floor, { note: `plain map join ${(median(times.join) / floor).toFixed(2)} of the floor` }),
		measurement('match 100,000 with 100,000 by links, then e-mail, then alias', median(times.linked), floor),
	]);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
