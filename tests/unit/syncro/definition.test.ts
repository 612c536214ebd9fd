import fc from 'fast-check';
import { storedPhone } from '../../../simulators/syncro/phone';
import { syncro } from '../../../sync/target/syncro/definition';
import { PERSON_VALUES } from '../../../sync/model/personValues';

const field = (name: string) => syncro.field(name)!;

describe('The definition of Syncro contacts', () => {
	it('compares phones by their digits, so that what Syncro strips is no difference', () => {
		fc.assert(
			fc.property(fc.string(), (phone) => {
				expect(syncro.normalise(field('phone'), phone)).toBe(syncro.normalise(field('phone'), storedPhone(phone)));
			}),
		);
		expect(syncro.normalise(field('mobile'), '+1 (555) 010-0100')).toBe('15550100100');
	});

	it('compares e-mail addresses in any case, text in any Unicode form and without outer space', () => {
		expect(syncro.normalise(field('email'), ' Zoë@Example.COM ')).toBe('zoë@example.com');
		expect(syncro.normalise(field('name'), 'Zoe\u0308 ')).toBe('Zo\u00eb');
		expect(syncro.normalise(field('notes'), 'one\r\ntwo')).toBe('one\ntwo');
		expect(syncro.normalise(field('name'), 'zoë')).not.toBe(syncro.normalise(field('name'), 'Zoë'));
	});

	it('takes nothing, blank and white space as the same', () => {
		for (const one of syncro.fields) {
			expect([null, '', '  '].map((value) => syncro.normalise(one, value))).toEqual(['', '', '']);
		}
	});

	it('gives the same normal form for a normal form', () => {
		fc.assert(
			fc.property(fc.constantFrom(...syncro.fields), fc.string({ unit: 'grapheme' }), (one, text) => {
				const normal = syncro.normalise(one, text);
				expect(syncro.normalise(one, normal)).toBe(normal);
			}),
		);
	});

	it('knows custom fields by their label, and the job title under both of its names', () => {
		expect(syncro.field('properties.M365 Status')).toEqual({ name: 'properties.M365 Status', label: 'M365 Status', type: 'text' });
		expect(syncro.field('properties.title')).toBe(syncro.field('title'));
		expect(syncro.field('properties.')).toBeUndefined();
		expect(syncro.field('fax')).toBeUndefined();
	});

	it('maps existing fields from existing values, never clears, and tells by name and e-mail who it is', () => {
		const sources = PERSON_VALUES.map(({ name }) => name);
		for (const row of syncro.defaultMapping) {
			expect(syncro.field(row.field)).toBeDefined();
			expect(sources).toContain(row.source);
			expect(row.whenBlank).toBe('keep');
		}
		expect(syncro.fields.filter(({ identity }) => identity).map(({ name }) => name)).toEqual(['name', 'email']);
	});
});
