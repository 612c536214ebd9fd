import { contact, linkOf, person, plan, type World } from './world';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `p${i + from}`);
const linked = (count: number): World => ({ people: ids(count).map((id) => person(id)), records: ids(count).map((id) => contact(id)), links: ids(count).map(linkOf) });
const tripped = (p: Awaited<ReturnType<typeof plan>>) => p.brakes.filter((brake) => brake.tripped).map(({ code }) => code);
/** `gone` of `count` linked people are gone, and their contacts are to be deleted. */
const leavers = (count: number, gone: number): World => {
	const world = linked(count);
	return { ...world, people: world.people!.slice(gone), whereabouts: new Map(ids(gone).map((id) => [id, 'gone'])), policies: { orphaned: 'delete' } };
};

describe('the brake on removals', () => {
	it.each([[10, 2, false], [10, 3, true], [5, 1, false], [5, 2, true], [4, 4, true]])('of %i contacts, %i removals: held %s', async (count, gone, held) => {
		const p = await plan(leavers(count, gone));
		expect(p.verdict).toBe(held ? 'held' : 'ok');
		// With four of four gone the source is empty, which is another brake: percentages do not count below 5.
		expect(tripped(p)).toEqual(held ? [count === 4 ? 'sourceShrank' : 'removals'] : []);
	});
	it('counts absolutely in a large tenant', async () => {
		expect(tripped(await plan(leavers(3000, 500)))).toEqual([]);
		expect(tripped(await plan(leavers(3000, 501)))).toEqual(['removals']);
	});
	it('counts marks as well, and can be raised', async () => {
		expect(tripped(await plan({ ...leavers(10, 3), policies: { orphaned: 'deactivate' } }))).toEqual(['removals']);
		expect(tripped(await plan({ ...leavers(10, 3), safeguards: { maxRemovalsPercent: 30 } }))).toEqual([]);
	});
	it('holds every change of the plan, tells the numbers, and says what to press', async () => {
		const world = leavers(10, 3);
		const p = await plan({ ...world, people: [...world.people!.slice(1), person('p3', { displayName: 'New Name' })] });
		expect(p.changes).toEqual([]);
		expect(p.held[0]).toMatchObject({
			scope: 'plan',
			code: 'removals',
			reason: '3 of 10 linked contacts would be removed or marked as left; at most 500 or 20 % (here 2) may be in one plan.',
			whatToDo: expect.stringContaining(`put ${p.planId} into "Allow Held Plan"`),
		});
		expect(p.held.filter(({ code }) => code === 'planHeld').map(({ action }) => action).sort()).toEqual(['delete', 'delete', 'delete', 'update']);
	});
});

describe('the brake on a shrinking source', () => {
	it('holds an empty source whatever was before', async () => {
		expect(tripped(await plan({ ...linked(3), people: [] }))).toEqual(['sourceShrank']);
	});
	it.each([[20, 15, true], [20, 16, false], [19, 15, false], [100, 76, false], [100, 75, true], [6, 2, false], [7, 2, true]])('from %i to %i people: held %s', async (last, now, held) => {
		expect(tripped(await plan({ ...linked(now), lastGoodCount: last })).includes('sourceShrank')).toBe(held);
	});
	it('is released at the first run and by growth', async () => {
		expect(tripped(await plan(linked(3)))).toEqual([]);
		expect(tripped(await plan({ ...linked(30), lastGoodCount: 3 }))).toEqual([]);
	});
});

describe('the brake on new names and addresses', () => {
	const renamed = (count: number, changed: number): World => {
		const world = linked(count);
		return { ...world, people: world.people!.map((p, i) => (i < changed ? { ...p, displayName: `New ${i}` } : p)) };
	};
	it.each([[10, 3, false], [10, 4, true], [5, 2, true], [4, 4, false]])('of %i contacts, %i renamed: held %s', async (count, changed, held) => {
		expect(tripped(await plan(renamed(count, changed)))).toEqual(held ? ['identityUpdates'] : []);
	});
	it('does not count everyday fields', async () => {
		const world = linked(10);
		expect(tripped(await plan({ ...world, people: world.people!.map((p) => ({ ...p, jobTitle: 'New', city: 'Astoria' })) }))).toEqual([]);
	});
});

describe('the brake on creations', () => {
	const fresh = (count: number, unmanaged: number): World => ({ people: [person('m'), ...ids(count).map((id) => person(id))], records: [contact('m'), ...ids(unmanaged, 90_000).map((id) => contact(id))] });
	it.each([[10, 1, false], [11, 1, true], [11, 0, false], [40, 0, false]])('%i creations beside %i unmatched contacts: held %s', async (count, unmanaged, held) => {
		expect(tripped(await plan(fresh(count, unmanaged)))).toEqual(held ? ['creates'] : []);
	});
	it('grows with the tenant', async () => {
		const world = linked(200);
		const grown = (count: number) => ({ ...world, people: [...world.people!, ...ids(count, 500).map((id) => person(id))], records: [...world.records!, contact('vendor')] });
		expect(tripped(await plan(grown(50)))).toEqual([]);
		expect(tripped(await plan(grown(51)))).toEqual(['creates']);
	});
	describe('the brake on a mistaken pairing', () => {
		const foreign = (count: number) => ids(count, 5000).map((id) => contact(id, { email: `${id}@fabrikam.example` }));
		const wrong = (people: number, contacts: number, more: Partial<World> = {}): World => ({ people: ids(people).map((id) => person(id)), records: foreign(contacts), ...more });
		it.each([[9, 4], [3, 2], [9, 200]])('suspects the wrong customer for %i people and %i contacts of another domain', async (people, contacts) => {
			expect(tripped(await plan(wrong(people, contacts)))).toEqual(['pairing']);
		});
		it('is not lulled by one accountant whom both companies share', async () => {
			const world = wrong(9, 10);
			expect(tripped(await plan({ ...world, records: [...world.records!, contact('p0')] }))).toEqual(['pairing']);
		});
		it('believes a pairing that has links, or contacts in the domains of the tenant', async () => {
			const known = { ...wrong(9, 10), records: [contact('p0'), ...wrong(9, 10).records!], links: [linkOf('p0')] };
			expect(tripped(await plan(known))).toEqual([]);
			expect(tripped(await plan(wrong(9, 10, { tenantDomains: ['Fabrikam.example'] })))).toEqual([]);
			expect(tripped(await plan(wrong(9, 1)))).toEqual([]);
		});
	});
});

describe('a plan that a person allowed', () => {
	it('is carried out whole, under the id it was held with', async () => {
		const held = await plan(leavers(10, 3));
		const allowed = await plan({ ...leavers(10, 3), isAllowed: (planId) => planId === held.planId });
		expect(allowed).toMatchObject({ verdict: 'allowed', planId: held.planId });
		expect(allowed.changes).toHaveLength(3);
	});
	it('is held again as soon as anything in it is different', async () => {
		const { planId } = await plan(leavers(10, 3));
		expect(await plan({ ...leavers(10, 4), isAllowed: (id) => id === planId })).toMatchObject({ verdict: 'held' });
		const renamed = leavers(10, 3);
		expect(await plan({ ...renamed, people: renamed.people!.map((p) => ({ ...p, city: 'Astoria' })), isAllowed: (id) => id === planId })).toMatchObject({ verdict: 'held' });
	});
});

describe('the brakes on a plan of changes', () => {
	/** Of `count` linked people, the first few are in the list of changes. */
	const changes = (count: number, changed: number): World => ({ ...linked(count), incremental: true, people: ids(changed).map((id) => person(id)) });

	it('do not take a short list for a source that shrank, not even an empty one', async () => {
		expect(tripped(await plan({ ...changes(100, 2), lastGoodCount: 100 }))).toEqual([]);
		expect(tripped(await plan({ ...changes(100, 0), lastGoodCount: 100 }))).toEqual([]);
	});
	it.each([[10, 2, false], [10, 3, true], [100, 20, false], [100, 21, true]])('of %i linked contacts, %i removals: held %s', async (count, gone, held) => {
		const world: World = { ...changes(count, 0), whereabouts: new Map(ids(gone).map((id) => [id, 'gone'])), policies: { orphaned: 'delete' } };
		expect(tripped(await plan(world))).toEqual(held ? ['removals'] : []);
	});
	it.each([[100, 30, false], [100, 31, true]])('of %i linked contacts, %i renamed: held %s', async (count, renamed, held) => {
		const world = changes(count, renamed);
		expect(tripped(await plan({ ...world, people: world.people!.map((p) => ({ ...p, displayName: 'New' })) }))).toEqual(held ? ['identityUpdates'] : []);
	});
	it.each([[100, 24, false], [100, 26, true]])('beside %i linked contacts and one that nobody matched, %i creates: held %s', async (count, creates, held) => {
		const world = changes(count, 0);
		const newcomers = Array.from({ length: creates }, (_, i) => person(`new${i}`));
		expect(tripped(await plan({ ...world, people: newcomers, records: [...world.records!, contact('vendor')] }))).toEqual(held ? ['creates'] : []);
	});
	it('leave everybody else alone, but not their addresses', async () => {
		const world = changes(5, 0);
		const p = await plan({ ...world, people: [person('p0', { email: 'p1@x.example' }), person('p2', { displayName: 'New' })] });
		expect(p.changes.map(({ action, sourceId }) => `${action} ${sourceId}`)).toEqual(['update p2']);
		expect(p.held).toMatchObject([{ code: 'emailTaken', sourceId: 'p0' }]);
		expect(p).toMatchObject({ listMode: 'incremental', counts: { sources: 2, records: 5, unmanaged: 0, unchanged: 0 } });
	});
});

describe('the brake on lost licences', () => {
	const mapping = [{ field: 'properties.azure_license', source: 'licenceFamily', whenBlank: 'clear' as const }];
	const ids = Array.from({ length: 20 }, (_, n) => `p${n}`);
	const losing = (lost: number, more: Partial<World> = {}): World => ({
		people: ids.map((id, n) => person(id, { licenceFamily: n < lost ? null : 'Premium' })),
		records: ids.map((id) => contact(id, { properties: { azure_license: 'Premium' } })),
		links: ids.map(linkOf),
		mapping,
		...more,
	});
	it('holds a plan in which more than 30 % of those who show a licence would lose it: a renamed family looks like that', async () => {
		expect(await plan(losing(7))).toMatchObject({ verdict: 'held', changes: [], held: expect.arrayContaining([expect.objectContaining({ code: 'clearedLicences', reason: expect.stringContaining('7 of the 20 contacts') })]) });
	});
	it('lets a few go, and as many as the builder says', async () => {
		expect(await plan(losing(6))).toMatchObject({ verdict: 'ok', counts: { update: 6 } });
		expect(await plan(losing(20, { safeguards: { maxClearedPercent: 100 } }))).toMatchObject({ verdict: 'ok', counts: { update: 20 } });
	});
});
