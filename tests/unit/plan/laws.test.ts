import fc from 'fast-check';
import type { Person, Whereabouts } from '../../../sync/model/person';
import type { TargetRecord } from '../../../sync/model/targetRecord';
import { carryOut, contact, matchWorld, person, plan, type World } from './world';

const text = fc.constantFrom('Ada', 'Zoë', 'ada', '', null, ' ');
const phone = fc.constantFrom('+1 (503) 555-0101', '15035550101', '', null);
const email = fc.constantFrom('a@x.example', 'A@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example', null);
const anyPerson = fc.record(
	{
		displayName: text, email, jobTitle: text, city: text, mobilePhone: phone,
		businessPhones: phone.map((p) => (p ? [p] : [])), streetAddress: fc.constantFrom('1 A', '1 A\n2 B', null),
		userType: fc.constantFrom('Member' as const, 'Guest' as const), accountEnabled: fc.constantFrom(true, true, false),
	},
	{ requiredKeys: ['email', 'displayName'] },
);
const anyContact = fc.record({ name: text, email, title: text, city: text, phone, mobile: phone, properties: fc.constantFrom({}, { 'M365 Status': 'Left Microsoft 365' }) }, { requiredKeys: ['email', 'name'] });
const where = fc.constantFrom<Whereabouts>('gone', 'disabled', 'softDeleted', 'filteredOut');
const worlds = fc
	.record({
		people: fc.array(anyPerson, { maxLength: 7 }),
		records: fc.array(anyContact, { maxLength: 7 }),
		links: fc.array(fc.tuple(fc.nat(8), fc.nat(8), where), { maxLength: 4 }),
		orphaned: fc.constantFrom('leave', 'hold', 'deactivate', 'delete' as const),
		disabled: fc.constantFrom('leave', 'sync', 'hold', 'deactivate', 'delete' as const),
		guests: fc.constantFrom('skip', 'sync' as const),
		whenBlank: fc.constantFrom('keep' as const, 'clear' as const),
	})
	.map(({ people, records, links, orphaned, disabled, guests, whenBlank }): World => {
		const unique = links.filter(([p, r], i) => links.findIndex(([q]) => q === p) === i && links.findIndex(([, s]) => s === r) === i);
		return {
			people: people.map((p, i) => person(`${i}`, p as Partial<Person>)),
			records: records.map((r, i) => contact(`${i}`, r as Partial<TargetRecord>)),
			links: unique.map(([p, r]) => ({ sourceId: `${p}`, recordId: `c${r}` })),
			whereabouts: new Map(unique.map(([p, , w]) => [`${p}`, w])),
			policies: { orphaned, disabled, guests } as World['policies'],
			mapping: (['displayName>name', 'email>email', 'businessPhone>phone', 'mobilePhone>mobile', 'streetLine1>address1', 'streetLine2>address2', 'city>city', 'jobTitle>title']).map((row) => {
				const [source, field] = row.split('>');
				return { source, field, whenBlank };
			}),
			// Brakes have tests of their own; here every plan may go ahead.
			isAllowed: () => true,
		};
	});

describe('laws of the plan', () => {
	it('a plan that was carried out, planned again, is empty', async () => {
		await fc.assert(
			fc.asyncProperty(worlds, async (world) => {
				const first = await plan(world);
				const second = await plan(carryOut(first.changes, world));
				expect(second.changes).toEqual([]);
			}),
			{ numRuns: 400 },
		);
	});
	it('the order of the input does not matter to the id of the plan', async () => {
		await fc.assert(fc.asyncProperty(worlds, async (world) => {
			const reversed = { ...world, people: [...world.people!].reverse(), records: [...world.records!].reverse(), links: [...world.links!].reverse() };
			expect((await plan(reversed)).planId).toBe((await plan(world)).planId);
		}));
	});
	it('preview and apply are the same plan', async () => {
		await fc.assert(fc.asyncProperty(worlds, async (world) => {
			const [preview, apply] = [await plan({ ...world, mode: 'preview' }), await plan({ ...world, mode: 'apply' })];
			expect(preview.planId).toBe(apply.planId);
			expect(preview.changes.map((change) => ({ ...change, mode: 'apply' }))).toEqual(apply.changes);
		}));
	});
	it('no match is lost between the outputs, held or not', async () => {
		await fc.assert(fc.asyncProperty(worlds, fc.boolean(), async (world, allowed) => {
			const p = await plan({ ...world, isAllowed: () => allowed });
			const records = p.held.filter(({ scope }) => scope === 'record');
			expect(p.changes.length + records.length + p.skipped.length + p.counts.unchanged + p.counts.unmanaged).toBe(matchWorld(world).length);
			if (p.verdict === 'held') expect(p.changes).toEqual([]);
		}));
	});
	it('a blank never erases where blanks are kept', async () => {
		await fc.assert(fc.asyncProperty(worlds, async (world) => {
			const p = await plan({ ...world, mapping: world.mapping!.map((row) => ({ ...row, whenBlank: 'keep' as const })) });
			for (const change of p.changes.filter(({ action }) => action !== 'delete')) for (const { field, after } of change.fields) if (!field.startsWith('properties.')) expect(after).not.toBeNull();
		}));
	});
	it('a contact that nobody is linked to and nobody matches is never changed', async () => {
		await fc.assert(fc.asyncProperty(worlds, async (world) => {
			const unmanaged = new Set(matchWorld(world).filter(({ outcome }) => outcome === 'unmanaged').map(({ record }) => record!.id));
			for (const { recordId } of (await plan(world)).changes) expect(unmanaged.has(recordId ?? '')).toBe(false);
		}));
	});
	it('no plan leaves two contacts with one address that it touched', async () => {
		await fc.assert(fc.asyncProperty(worlds, async (world) => {
			const p = await plan(world);
			const after = carryOut(p.changes, world).records!;
			for (const { fields } of p.changes) {
				const address = fields.find(({ field }) => field === 'email')?.after?.toLowerCase();
				if (address) expect(after.filter((record) => String(record.email ?? '').toLowerCase() === address)).toHaveLength(1);
			}
		}));
	});
});
