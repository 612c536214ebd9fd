import { carryOut, contact, linkOf, person, plan, type World } from './world';

const fieldsOf = (p: Awaited<ReturnType<typeof plan>>) => p.changes.map(({ action, fields }) => [action, ...fields.map(({ field, before, after }) => `${field}: ${before ?? '-'} > ${after ?? 'blank'}`)]);

describe('what a plan does about people', () => {
	it('creates a contact for a person who has none, with every mapped value that is not blank', async () => {
		const p = await plan({
			people: [person('a', { displayName: 'Ada Brandt', businessPhones: ['+1 (503) 555-0101', '2'], mobilePhone: null, jobTitle: 'Dentist', streetAddress: '400 Pier Ave\r\nSuite 7', city: 'Astoria', state: 'OR', postalCode: '97103' })],
		});
		expect(fieldsOf(p)).toEqual([['create', 'name: - > Ada Brandt', 'email: - > a@x.example', 'phone: - > +1 (503) 555-0101', 'address1: - > 400 Pier Ave', 'address2: - > Suite 7', 'city: - > Astoria', 'state: - > OR', 'zip: - > 97103', 'title: - > Dentist']]);
	});
	it('updates only the fields that differ in the form in which the target stores them', async () => {
		const p = await plan({
			people: [person('a', { displayName: 'Zoë', email: 'A@X.example', businessPhones: ['+1 (503) 555-0101'], jobTitle: 'Dentist' })],
			records: [contact('a', { name: 'Zoe', phone: '15035550101', title: 'Hygienist', notes: 'by hand' })],
		});
		expect(fieldsOf(p)).toEqual([['update', 'name: Zoe > Zoë', 'title: Hygienist > Dentist']]);
	});
	it('remembers a pair that is found for the first time although nothing differs', async () => {
		const p = await plan({ people: [person('a')], records: [contact('a')] });
		expect(p.changes).toMatchObject([{ action: 'link', sourceId: 'a', recordId: 'ca', fields: [], rule: 'email' }]);
	});
	it('never lets a blank erase, unless the row says so, and never clears the name', async () => {
		const world: World = { people: [person('a', { displayName: null, city: null, jobTitle: '' })], records: [contact('a', { city: 'Astoria', title: 'Dentist' })], links: [linkOf('a')] };
		expect((await plan(world)).counts).toMatchObject({ update: 0, unchanged: 1 });
		const clear = await plan({ ...world, mapping: [{ field: 'name', source: 'displayName', whenBlank: 'clear' }, { field: 'city', source: 'city', whenBlank: 'clear' }] });
		expect(fieldsOf(clear)).toEqual([['update', 'city: Astoria > blank']]);
	});
	it('takes a property that was not read for no news, even where blanks clear', async () => {
		const p = await plan({ people: [person('a')], records: [contact('a', { city: 'Astoria' })], links: [linkOf('a')], mapping: [{ field: 'city', source: 'city', whenBlank: 'clear' }] });
		expect(p.counts.unchanged).toBe(1);
	});
	it.each(['n/a', '-', 'TBD', '\u200b'])('takes the phone number "%s" for a blank, which erases none', async (mobilePhone) => {
		const world: World = { people: [person('a', { mobilePhone })], records: [contact('a', { mobile: '5550100' })], links: [linkOf('a')] };
		expect((await plan(world)).counts.unchanged).toBe(1);
	});
	it('holds whom a policy could leave out, when what it judges by was not read', async () => {
		const p = await plan({ people: [person('a', { userType: undefined }), person('b', { accountEnabled: undefined })] });
		expect(p.held.map(({ code, reason }) => [code, reason.includes('was not read')])).toEqual([['propertyNotRead', true], ['propertyNotRead', true]]);
		expect((await plan({ people: [person('a', { userType: undefined })], policies: { guests: 'sync' } })).counts.create).toBe(1);
	});
	it('creates nobody with a blank address', async () => {
		expect((await plan({ people: [person('a', { email: ' ' })] })).skipped).toMatchObject([{ code: 'noEmail' }]);
	});
	it('leaves the second address line alone when the street has one line', async () => {
		const p = await plan({ people: [person('a', { streetAddress: '1 Main St' })], records: [contact('a', { address1: '1 Main St', address2: 'Rear' })], links: [linkOf('a')] });
		expect(p.counts.unchanged).toBe(1);
	});
	it('lets a contact follow its linked person through a new name and address', async () => {
		const p = await plan({ people: [person('a', { displayName: 'Mary Lopez', email: 'mary.lopez@x.example' })], records: [contact('a', { name: 'Mary Jones', email: 'mary.jones@x.example' })], links: [linkOf('a')] });
		expect(fieldsOf(p)).toEqual([['update', 'name: Mary Jones > Mary Lopez', 'email: mary.jones@x.example > mary.lopez@x.example']]);
	});
	it('skips and reports people without an address, guests and disabled people', async () => {
		const p = await plan({ people: [person('a', { email: null }), person('g', { userType: 'Guest' }), person('d', { accountEnabled: false }), person('ok')] });
		expect(p.skipped.map(({ code }) => code)).toEqual(['noEmail', 'guest', 'disabled']);
		expect(p.counts).toMatchObject({ create: 1, skipped: 3 });
	});
	it('follows the builder who wants guests and disabled people', async () => {
		const p = await plan({ people: [person('g', { userType: 'Guest' }), person('d', { accountEnabled: false })], policies: { guests: 'sync', disabled: 'sync' } });
		expect(p.counts.create).toBe(2);
	});
	it('holds or skips new people where the builder said so', async () => {
		expect((await plan({ people: [person('a')], policies: { new: 'hold' } })).held).toMatchObject([{ code: 'new', sourceId: 'a' }]);
		expect((await plan({ people: [person('a')], policies: { new: 'skip' } })).skipped).toMatchObject([{ code: 'new' }]);
	});
	it('writes custom fields and other properties', async () => {
		const mapping = [{ field: 'properties.Employee No', source: 'employeeId', whenBlank: 'keep' as const }];
		const p = await plan({ people: [person('a', { employeeId: 'E7' })], records: [contact('a', { properties: { 'Employee No': 'E6' } })], links: [linkOf('a')], mapping });
		expect(fieldsOf(p)).toEqual([['update', 'properties.Employee No: E6 > E7']]);
	});
	it('refuses a field that the target does not have, or twice', async () => {
		await expect(plan({ mapping: [{ field: 'shoeSize', source: 'city', whenBlank: 'keep' }] })).rejects.toThrow('The field mapping names "shoeSize", which a Syncro contact does not have.');
		await expect(plan({ mapping: [{ field: 'city', source: 'city', whenBlank: 'keep' }, { field: 'city', source: 'state', whenBlank: 'keep' }] })).rejects.toThrow('twice');
	});
});

describe('what a plan does about leavers', () => {
	const five = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
	const world: World = {
		people: five.map((id) => person(id)),
		records: ['a', ...five].map((id) => contact(id)),
		links: ['a', ...five].map(linkOf),
		whereabouts: new Map([['a', 'gone']]),
	};
	it('marks the contact of a person who is gone, by default, and renames nothing', async () => {
		expect(fieldsOf(await plan(world))).toEqual([['deactivate', 'properties.M365 Status: - > Left Microsoft 365']]);
	});
	it('opts it out of messages as well only where that is ticked', async () => {
		expect(fieldsOf(await plan({ ...world, policies: { optOut: true } }))).toEqual([['deactivate', 'properties.M365 Status: - > Left Microsoft 365', 'opt_out: - > true']]);
	});
	it('leaves it as it is where the builder said so', async () => {
		expect(await plan({ ...world, policies: { orphaned: 'leave' } })).toMatchObject({ counts: { skipped: 1, unchanged: 9 }, skipped: [{ code: 'orphaned', recordId: 'ca' }] });
	});
	it('marks, holds or deletes it where the builder said so', async () => {
		expect((await plan({ ...world, policies: { orphaned: 'deactivate' } })).changes).toMatchObject([{ action: 'deactivate', recordId: 'ca', fields: [{ field: 'properties.M365 Status', before: null, after: 'Left Microsoft 365' }] }]);
		expect((await plan({ ...world, policies: { orphaned: 'hold' } })).held).toMatchObject([{ code: 'orphaned', recordId: 'ca' }]);
		expect((await plan({ ...world, policies: { orphaned: 'delete' } })).changes).toMatchObject([{ action: 'delete', recordId: 'ca', unlink: true }]);
	});
	it('keeps what a deleted contact held, so that it can be created again', async () => {
		const records = [contact('a', { notes: 'by hand', title: 'Dentist', properties: { title: 'Dentist', Badge: '7' } }), ...world.records!.slice(1)];
		const [{ fields, verifyBefore }] = (await plan({ ...world, records, policies: { orphaned: 'delete' } })).changes;
		expect(fields.map(({ field, before, after }) => [field, before, after])).toEqual([
			['name', 'Person a', null], ['email', 'a@x.example', null], ['title', 'Dentist', null], ['notes', 'by hand', null], ['properties.Badge', '7', null],
		]);
		expect(verifyBefore).toBe(true);
	});
	it.each(['filteredOut', 'softDeleted', 'unchecked'] as const)('touches nobody who is only %s', async (where) => {
		const p = await plan({ ...world, whereabouts: new Map([['a', where]]), policies: { orphaned: 'delete', disabled: 'delete' } });
		expect(p).toMatchObject({ changes: [], skipped: [{ code: where }] });
	});
	it('never touches a contact that was never linked', async () => {
		const p = await plan({ ...world, records: [...world.records!, contact('vendor')], policies: { orphaned: 'delete' } });
		expect(p.changes.map(({ recordId }) => recordId)).toEqual(['ca']);
	});
	it('never removes or marks the contact of a disabled person whom only a rule pairs with it', async () => {
		const p = await plan({ people: [person('a', { accountEnabled: false }), person('b')], records: [contact('a'), contact('b')], policies: { disabled: 'delete' } });
		expect(p.changes).toMatchObject([{ action: 'link', sourceId: 'b' }]);
		expect(p.skipped).toMatchObject([{ code: 'disabled', recordId: 'ca' }]);
	});
	it('takes the mark off again when somebody is back', async () => {
		const back = { ...world, people: [person('a'), ...world.people!], records: [contact('a', { properties: { 'M365 Status': 'Left Microsoft 365' } }), ...world.records!.slice(1)], whereabouts: new Map() };
		expect(fieldsOf(await plan({ ...back, policies: { orphaned: 'deactivate' } }))).toEqual([['update', 'properties.M365 Status: Left Microsoft 365 > blank']]);
		expect((await plan({ ...back, policies: { orphaned: 'leave' } })).counts.unchanged).toBe(10);
	});
});

describe('what a plan holds for a person', () => {
	it('two contacts with one address, and says what to do', async () => {
		const p = await plan({ people: [person('a')], records: [contact('a'), contact('x', { email: 'a@x.example' })] });
		expect(p).toMatchObject({ changes: [], held: [{ code: 'severalRecords', candidates: [{ id: 'ca' }, { id: 'cx' }], whatToDo: expect.stringContaining('Merge or delete') }] });
	});
	it('two new people who would share one address', async () => {
		const p = await plan({ people: [person('a'), person('b', { email: 'A@x.example' })] });
		expect(p.changes).toEqual([]);
		expect(p.held.map(({ code }) => code)).toEqual(['emailTaken', 'emailTaken']);
	});
	it('a renamed person whose new address an unmanaged contact has', async () => {
		const p = await plan({ people: [person('a', { email: 'vendor@x.example' })], records: [contact('a'), contact('vendor')], links: [linkOf('a')] });
		expect(p.held).toMatchObject([{ code: 'emailTaken', reason: 'Person a would get the e-mail address vendor@x.example, which another contact of this customer has or would get as well.' }]);
	});
	it('lets two people swap their addresses', async () => {
		const p = await plan({ people: [person('a', { email: 'b@x.example' }), person('b', { email: 'a@x.example' })], records: [contact('a'), contact('b')], links: ['a', 'b'].map(linkOf) });
		expect(p.changes.map(({ action }) => action)).toEqual(['update', 'update']);
	});
	it('nobody whose address another contact gives up in the same plan', async () => {
		const p = await plan({
			people: [person('a', { email: null }), person('b', { email: 'a@x.example' })], records: [contact('a')], links: [linkOf('a')],
			mapping: [{ field: 'name', source: 'displayName', whenBlank: 'keep' }, { field: 'email', source: 'email', whenBlank: 'clear' }],
		});
		expect(p.changes.map(({ action }) => action)).toEqual(['update', 'create']);
	});
	it('a new person whose address is freed only by a change that is held itself', async () => {
		// a cannot take the vendor's address, so a's old address stays taken and b must wait as well.
		const p = await plan({ people: [person('a', { email: 'vendor@x.example' }), person('b', { email: 'a@x.example' })], records: [contact('a'), contact('vendor')], links: [linkOf('a')] });
		expect(p.changes).toEqual([]);
		expect(p.held).toHaveLength(2);
	});
	it('a person whose linked contact was deleted by hand', async () => {
		expect((await plan({ people: [person('a')], links: [linkOf('a')] })).held).toMatchObject([{ code: 'recordMissing', whatToDo: expect.stringContaining('Link → Forget') }]);
	});
});

describe('a chain of renames of which the last cannot be', () => {
	it('is held link by link, in time that grows with its length', async () => {
		const ids = Array.from({ length: 4000 }, (_, i) => `n${i}`);
		const people = ids.map((id, i) => person(id, { email: i + 1 < ids.length ? `${ids[i + 1]}@x.example` : 'vendor@x.example' }));
		const p = await plan({ people, records: [...ids.map((id) => contact(id)), contact('vendor')], links: ids.map(linkOf) });
		expect(p.changes).toEqual([]);
		expect(p.held).toHaveLength(4000);
	});
});

describe('a plan of hundreds of thousands of changes', () => {
	it('can be held as a whole', async () => {
		const people = Array.from({ length: 150_000 }, (_, i) => person(`n${i}`));
		const p = await plan({ people, records: [contact('vendor')] });
		expect(p).toMatchObject({ verdict: 'held', changes: [] });
		expect(p.held.filter(({ code }) => code === 'planHeld')).toHaveLength(150_000);
	});
});

describe('the plan after the plan', () => {
	it('is empty', async () => {
		const world: World = { people: [person('a', { businessPhones: ['(503) 555-0101'], streetAddress: '1 A\n2 B' }), person('b', { displayName: 'Other' }), person('c')], records: [contact('b'), contact('c')] };
		const first = await plan(world);
		expect(first.counts).toMatchObject({ create: 1, update: 1, link: 1 });
		const second = await plan(carryOut(first.changes, world));
		expect(second).toMatchObject({ changes: [], verdict: 'ok', counts: { unchanged: 3 } });
	});
});
