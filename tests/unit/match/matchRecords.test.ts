import fc from 'fast-check';
import { matchRecords, missingSources, type MatchInput } from '../../../sync/match/matchRecords';
import type { Match, MatchRule } from '../../../sync/model/match';
import type { Person, Whereabouts } from '../../../sync/model/person';
import { syncroContacts } from '../../../sync/target/syncro/contacts/definition';
import type { TargetRecord } from '../../../sync/model/targetRecord';

const pairing = { tenantId: 't', target: 'syncro', account: 'msp', customerId: '1' };
const person = (id: string, properties: Partial<Person> = {}): Person => ({ kind: 'person', tenantId: 't', id, ...properties });
const contact = (id: string, fields: Partial<TargetRecord> = {}): TargetRecord => ({
	kind: 'contact', target: 'syncro', account: 'msp', customerId: '1', id, ...fields,
});
const EMAIL: MatchRule[] = [{ by: 'email' }];
const run = (input: Partial<MatchInput>): Match[] =>
	matchRecords({ pairing, nouns: syncroContacts.nouns, sources: [], records: [], links: [], openIntents: [], rules: EMAIL, whereabouts: new Map(), ...input });
/** "p1=c1 email" and so on: who ended how. */
const told = (matches: Match[]): string[] =>
	matches
		.map((m) => `${m.sourceId ?? '-'} ${m.outcome} ${m.record?.id ?? (m.candidates ?? []).map(({ id }) => id).sort().join('|')} ${m.rule ?? m.reason?.code ?? ''}`.replace(/ +/g, ' ').trim())
		.sort();

describe('matching by e-mail', () => {
	it('pairs a person with the one contact that has the same address, whatever its case', () => {
		expect(told(run({ sources: [person('a', { email: 'Ada@X.example ' })], records: [contact('1', { email: 'ada@x.EXAMPLE' })] }))).toEqual(['a matched 1 email']);
	});
	it('compares the Unicode forms of one address as equal and keeps plus addresses apart', () => {
		const matches = run({
			sources: [person('a', { email: 'zoe\u0308@x.example' }), person('b', { email: 'lee+vip@x.example' })],
			records: [contact('1', { email: 'zo\u00eb@x.example' }), contact('2', { email: 'lee@x.example' })],
		});
		expect(told(matches)).toEqual(['- unmanaged 2', 'a matched 1 email', 'b new']);
	});
	it('never pairs blank with blank', () => {
		expect(told(run({ sources: [person('a', { email: null }), person('b', { email: ' ' })], records: [contact('1', { email: '' }), contact('2')] }))).toEqual([
			'- unmanaged 1', '- unmanaged 2', 'a new', 'b new',
		]);
	});
	it('holds a person whom two contacts fit, and names both', () => {
		const [match] = run({ sources: [person('a', { email: 'x@x.example', displayName: 'Dana' })], records: [contact('1', { email: 'x@x.example', name: 'Dana A' }), contact('2', { email: 'X@x.example', name: 'Dana B' })] });
		expect(match).toMatchObject({ outcome: 'ambiguous', reason: { code: 'severalRecords', text: 'Dana fits 2 contacts by email: Dana A (1), Dana B (2).' } });
	});
	it('holds two people who claim one contact', () => {
		const matches = run({ sources: [person('a', { email: 'x@x.example' }), person('b', { email: 'x@x.example' })], records: [contact('1', { email: 'x@x.example' })] });
		expect(told(matches)).toEqual(['a ambiguous 1 severalSources', 'b ambiguous 1 severalSources']);
		expect(matches[0].claimants).toHaveLength(2);
	});
});

describe('records that name their source', () => {
	const named = (id: string, sourceId: string) => contact(id, { of_source: sourceId });
	const keyed = (input: Partial<MatchInput>) => told(run({ sourceIdField: 'of_source', incremental: true, ...input }));

	it('belong to it without a link and whatever the rules', () => {
		expect(keyed({ sources: [person('a')], records: [named('1', 'a'), contact('2')] })).toEqual(['- unjudged 2', 'a matched 1 named']);
	});
	it('go before a link to one that is not there, and after one to a record that is', () => {
		expect(keyed({ sources: [person('a')], records: [named('2', 'a')], links: [{ sourceId: 'a', recordId: '1' }], openOnly: true })).toEqual(['a matched 2 named']);
		expect(keyed({ sources: [person('a')], records: [named('2', 'a'), contact('10')], links: [{ sourceId: 'a', recordId: '10' }] })).toEqual(['- unjudged 2', 'a matched 10 link']);
	});
	it('are told apart by their age where two name the same source, and go together when it is gone', () => {
		const records = [named('10', 'a'), named('9', 'a')];
		expect(keyed({ sources: [person('a')], records })).toEqual(['- unjudged 10', 'a matched 9 named']);
		expect(keyed({ records, whereabouts: new Map([['a', 'gone']]) })).toEqual(['a orphan 10 named', 'a orphan 9 named']);
		expect(keyed({ records })).toEqual(['- unjudged 10', 'a unjudged 9 named']);
	});
	it('are looked up by id where the list says nothing of their source', () => {
		expect(missingSources({ sources: [person('b')], records: [named('1', 'a'), named('2', 'a'), named('3', 'b')], links: [], sourceIdField: 'of_source' })).toEqual(['a']);
	});
});

describe('records of which only open ones are listed', () => {
	const links = [{ sourceId: 'a', recordId: '1' }];

	it('were closed by somebody where a linked one is missing', () => {
		const [match] = run({ sources: [person('a')], links, openOnly: true, incremental: true });
		expect(match).toMatchObject({ outcome: 'closed', sourceId: 'a', source: { id: 'a' }, recordId: '1' });
	});
	it('and their source may be gone as well, or unknown', () => {
		expect(run({ links, openOnly: true, incremental: true, whereabouts: new Map([['a', 'gone']]) })).toMatchObject([{ outcome: 'closed', whereabouts: 'gone', sourceId: 'a', recordId: '1' }]);
		expect(run({ links, openOnly: true, incremental: true })).toEqual([]);
	});
	it('of other records, a missing one needs a decision', () => {
		expect(told(run({ sources: [person('a')], links }))).toEqual(['a ambiguous recordMissing']);
	});
});

describe('matching by further rules', () => {
	it('finds a renamed person by an alias', () => {
		const rules: MatchRule[] = [{ by: 'email' }, { by: 'alias' }];
		expect(told(run({ rules, sources: [person('a', { email: 'new@x.example', aliases: ['new@x.example', 'old@x.example'] })], records: [contact('1', { email: 'old@x.example' })] }))).toEqual(['a matched 1 alias']);
	});
	it('does not let a weaker rule decide what a stronger one left open', () => {
		const rules: MatchRule[] = [{ by: 'email' }, { by: 'fullName' }];
		const people = [person('a', { email: 'x@x.example', givenName: 'Ann', surname: 'Lee' }), person('b', { email: 'x@x.example', givenName: 'Bo', surname: 'Lee' })];
		expect(told(run({ rules, sources: people, records: [contact('1', { email: 'x@x.example', name: 'Ann Lee' })] }))).toEqual(['a ambiguous 1 severalSources', 'b ambiguous 1 severalSources']);
	});
	it('reads names without accents, apostrophes and odd spaces', () => {
		expect(told(run({ rules: [{ by: 'fullName' }], sources: [person('a', { givenName: 'Zoë', surname: 'O’Neil' })], records: [contact('1', { name: 'ZOE  O\'NEIL' })] }))).toEqual(['a matched 1 fullName']);
	});
	it('compares telephone numbers by their last ten digits and ignores extensions', () => {
		const rules: MatchRule[] = [{ by: 'phone' }];
		expect(told(run({ rules, sources: [person('a', { businessPhones: ['+1 (503) 555-0101'] }), person('b', { mobilePhone: '101' })], records: [contact('1', { phone: '5035550101' }), contact('2', { mobile: '101' })] }))).toEqual([
			'- unmanaged 2', 'a matched 1 phone', 'b new',
		]);
	});
	it('compares any field, custom fields included', () => {
		const rules: MatchRule[] = [{ by: 'field', sourceField: 'employeeId', targetField: 'properties.Employee No' }];
		expect(told(run({ rules, sources: [person('a', { employeeId: 'E7' })], records: [contact('1', { properties: { 'Employee No': 'e7' } })] }))).toEqual(['a matched 1 employeeId = properties.Employee No']);
	});
	it('breaks a tie by job title, and leaves open what the title does not tell', () => {
		const rules: MatchRule[] = [{ by: 'fullName' }, { by: 'jobTitle' }];
		const john = (id: string, jobTitle?: string) => person(id, { givenName: 'John', surname: 'Smith', jobTitle });
		const records = [contact('1', { name: 'John Smith', title: 'Dentist' }), contact('2', { name: 'John Smith', title: 'Assistant' })];
		expect(told(run({ rules, sources: [john('a', 'dentist'), john('b', 'Assistant')], records }))).toEqual(['a matched 1 fullName+jobTitle', 'b matched 2 fullName+jobTitle']);
		expect(told(run({ rules, sources: [john('a', 'Dentist'), john('b', 'Driver')], records }))).toEqual(['a matched 1 fullName+jobTitle', 'b ambiguous 2 severalSources']);
	});
});

describe('links', () => {
	const links = [{ sourceId: 'a', recordId: '1' }];
	it('come before every rule: a renamed person stays with the same contact', () => {
		const matches = run({ links, sources: [person('a', { email: 'new@x.example' })], records: [contact('1', { email: 'old@x.example' }), contact('2', { email: 'new@x.example' })] });
		expect(told(matches)).toEqual(['- unmanaged 2', 'a matched 1 link']);
	});
	it('hold a person whose contact was deleted by hand', () => {
		expect(told(run({ links, sources: [person('a', { email: 'x@x.example' })], records: [] }))).toEqual(['a ambiguous recordMissing']);
	});
	it.each<[Whereabouts | undefined, string]>([['gone', 'orphan'], ['disabled', 'outOfScope'], ['filteredOut', 'outOfScope'], ['softDeleted', 'outOfScope'], [undefined, 'outOfScope']])(
		'call the contact of a person who is %s: %s', (where, outcome) => {
			const input = { links, records: [contact('1', { email: 'x@x.example' })], sources: [] };
			expect(missingSources(input)).toEqual(['a']);
			expect(run({ ...input, whereabouts: new Map(where ? [['a', where]] : []) })[0]).toMatchObject({ outcome, sourceId: 'a', whereabouts: where ?? 'unchecked' });
		},
	);
	it('give a contact to its owner even where another person has its address now', () => {
		const matches = run({ links, sources: [person('a', { email: 'new@x.example' }), person('b', { email: 'old@x.example' })], records: [contact('1', { email: 'old@x.example' })] });
		expect(told(matches)).toEqual(['a matched 1 link', 'b new']);
	});
});

describe('creates that an interrupted run left open', () => {
	it('are adopted by the address that was sent, even after the person was renamed', () => {
		const matches = run({ openIntents: [{ sourceId: 'a', field: 'email', value: 'old@x.example' }], sources: [person('a', { email: 'new@x.example' })], records: [contact('9', { email: 'old@x.example' })] });
		expect(told(matches)).toEqual(['a matched 9 openIntent']);
	});
	it('are held when several contacts fit, and forgotten when none does', () => {
		const openIntents = [{ sourceId: 'a', field: 'email', value: 'x@x.example' }];
		const people = [person('a', { email: 'y@x.example' })];
		expect(told(run({ openIntents, sources: people, records: [contact('1', { email: 'x@x.example' }), contact('2', { email: 'x@x.example' })] }))).toEqual(['a ambiguous 1|2 linkConflict']);
		expect(told(run({ openIntents, sources: people, records: [] }))).toEqual(['a new']);
	});
});

describe('two interrupted creates with one address', () => {
	it('do not both adopt the one contact', () => {
		const openIntents = [{ sourceId: 'a', field: 'email', value: 'x@x.example' }, { sourceId: 'b', field: 'email', value: 'x@x.example' }];
		const matches = run({ openIntents, sources: [person('a', { email: 'a@x.example' }), person('b', { email: 'b@x.example' })], records: [contact('1', { email: 'x@x.example' })] });
		expect(told(matches)).toEqual(['a matched 1 openIntent', 'b new']);
	});
});

describe('laws of matching', () => {
	const address = fc.constantFrom('a@x.example', 'b@x.example', 'C@x.example', 'c@x.example', 'd@x.example', '', null);
	const title = fc.constantFrom('Dentist', 'Driver', null);
	const world = fc.record({
		sources: fc.uniqueArray(fc.record({ id: fc.constantFrom(...'pqrstuvw'), email: address, aliases: fc.array(address.map((a) => a ?? 'e@x.example'), { maxLength: 2 }), jobTitle: title }), { selector: (p) => p.id, maxLength: 8 }),
		records: fc.uniqueArray(fc.record({ id: fc.constantFrom(...'12345678'), email: address, title }), { selector: (r) => r.id, maxLength: 8 }),
		pairs: fc.uniqueArray(fc.tuple(fc.constantFrom(...'pqrstuvwx'), fc.constantFrom(...'123456789')), { selector: ([p]) => p, maxLength: 4 }),
		rules: fc.shuffledSubarray<MatchRule>([{ by: 'email' }, { by: 'alias' }, { by: 'jobTitle' }]),
	});
	const build = (w: { sources: Array<Partial<Person> & { id: string }>; records: Array<Partial<TargetRecord> & { id: string }>; pairs: Array<[string, string]>; rules: MatchRule[] }): Partial<MatchInput> => ({
		sources: w.sources.map((p) => person(p.id, p)),
		records: w.records.map((r) => contact(r.id, r)),
		links: w.pairs.filter(([, r], index) => w.pairs.findIndex(([, other]) => other === r) === index).map(([sourceId, recordId]) => ({ sourceId, recordId })),
		rules: w.rules,
	});

	it('no person and no record is lost, and nobody is matched twice', () => {
		fc.assert(fc.property(world, (w) => {
			const input = build(w);
			const matches = run(input);
			const people = matches.flatMap((m) => (m.source ? [m.source.id] : []));
			expect([...people].sort()).toEqual(w.sources.map(({ id }) => id).sort());
			const records = new Set(matches.flatMap((m) => [...(m.record ? [m.record.id] : []), ...(m.candidates ?? []).map(({ id }) => id)]));
			expect([...records].sort()).toEqual(w.records.map(({ id }) => id).sort());
			const owned = matches.flatMap((m) => (m.record ? [m.record.id] : []));
			expect(new Set(owned).size).toBe(owned.length);
		}));
	});
	it('the order of the input does not matter', () => {
		fc.assert(fc.property(world, fc.infiniteStream(fc.nat()), (w, dice) => {
			const input = build(w);
			const shuffle = <T>(list: readonly T[]) => list.map((value) => ({ value, at: dice.next().value as number })).sort((a, b) => a.at - b.at).map(({ value }) => value);
			expect(told(run({ ...input, sources: shuffle(input.sources!), records: shuffle(input.records!), links: shuffle(input.links!) }))).toEqual(told(run(input)));
		}));
	});
	it('a switchboard number shared by thousands holds them all in linear time and names a few', () => {
		const people = Array.from({ length: 3000 }, (_, i) => person(`p${i}`, { businessPhones: ['5035550100'] }));
		const records = Array.from({ length: 3000 }, (_, i) => contact(`${i}`, { phone: '5035550100' }));
		const matches = run({ sources: people, records, rules: [{ by: 'phone' }] });
		const held = matches.filter(({ outcome }) => outcome === 'ambiguous');
		expect(held).toHaveLength(3000);
		expect(Math.max(...held.map(({ candidates }) => candidates!.length))).toBe(50);
	});
});

describe('matching people who changed with all contacts', () => {
	const whole: Partial<MatchInput> = {
		sources: [person('a', { email: 'a@x.example' }), person('b', { email: 'b@x.example' }), person('c', { email: 'new@x.example' })],
		records: [contact('1', { email: 'a@x.example' }), contact('2', { email: 'b@x.example' }), contact('3', { email: 'vendor@x.example' })],
		links: [{ sourceId: 'a', recordId: '1' }, { sourceId: 'b', recordId: '2' }],
	};

	it('judges nobody who is not in the list: no orphan, nobody out of scope, nothing unmanaged', () => {
		const matches = run({ ...whole, incremental: true, sources: [] });
		expect(told(matches)).toEqual(['- unjudged 3', 'a unjudged 1 link', 'b unjudged 2 link']);
		expect(new Set(matches.map(({ mode }) => mode))).toEqual(new Set(['incremental']));
	});
	it('judges whoever left by what the changes told', () => {
		const whereabouts = new Map<string, Whereabouts>([['a', 'gone'], ['b', 'softDeleted'], ['z', 'gone']]);
		expect(told(run({ ...whole, incremental: true, sources: [], whereabouts }))).toEqual(['- unjudged 3', 'a orphan 1 link', 'b outOfScope 2 link']);
	});
	it('does not pair anybody with the contact of somebody who did not change', () => {
		const impostor = person('d', { email: 'a@x.example' });
		expect(told(run({ ...whole, incremental: true, sources: [impostor] }))).toEqual(['- unjudged 3', 'a unjudged 1 link', 'b unjudged 2 link', 'd new']);
	});
	it('finds for everybody in it what a match of the whole list finds', () =>
		fc.assert(
			fc.property(fc.subarray(['a', 'b', 'c']), (changed) => {
				const found = (matches: Match[]) => told(matches.filter(({ sourceId, outcome }) => outcome !== 'unjudged' && changed.includes(sourceId ?? '')));
				expect(found(run({ ...whole, incremental: true, sources: whole.sources!.filter(({ id }) => changed.includes(id)) }))).toEqual(found(run(whole)));
			}),
		));
});
