import fc from 'fast-check';
import { storedPhone } from '../../../simulators/syncro/phone';
import { syncroContacts } from '../../../sync/target/syncro/contacts/definition';
import { PERSON_VALUES } from '../../../sync/model/personValues';

const field = (name: string) => syncroContacts.field(name)!;

describe('The definition of Syncro contacts', () => {
	it('compares phones by their digits, so that what Syncro strips is no difference', () => {
		fc.assert(
			fc.property(fc.string(), (phone) => {
				expect(syncroContacts.normalise(field('phone'), phone)).toBe(syncroContacts.normalise(field('phone'), storedPhone(phone)));
			}),
		);
		expect(syncroContacts.normalise(field('mobile'), '+1 (555) 010-0100')).toBe('15550100100');
	});

	it('compares e-mail addresses in any case, text in any Unicode form and without outer space', () => {
		expect(syncroContacts.normalise(field('email'), ' Zoë@Example.COM ')).toBe('zoë@example.com');
		expect(syncroContacts.normalise(field('name'), 'Zoe\u0308 ')).toBe('Zo\u00eb');
		expect(syncroContacts.normalise(field('notes'), 'one\r\ntwo')).toBe('one\ntwo');
		expect(syncroContacts.normalise(field('name'), 'zoë')).not.toBe(syncroContacts.normalise(field('name'), 'Zoë'));
	});

	it('takes nothing, blank and white space as the same', () => {
		for (const one of syncroContacts.fields) {
			expect([null, '', '  '].map((value) => syncroContacts.normalise(one, value))).toEqual(['', '', '']);
		}
	});

	it('gives the same normal form for a normal form', () => {
		fc.assert(
			fc.property(fc.constantFrom(...syncroContacts.fields), fc.string({ unit: 'grapheme' }), (one, text) => {
				const normal = syncroContacts.normalise(one, text);
				expect(syncroContacts.normalise(one, normal)).toBe(normal);
			}),
		);
	});

	it('knows custom fields by their label, and the job title under both of its names', () => {
		expect(syncroContacts.field('properties.M365 Status')).toEqual({ name: 'properties.M365 Status', label: 'M365 Status', type: 'text' });
		expect(syncroContacts.field('properties.title')).toBe(syncroContacts.field('title'));
		expect(syncroContacts.field('properties.')).toBeUndefined();
		expect(syncroContacts.field('fax')).toBeUndefined();
	});

	it('maps existing fields from existing values, never clears, and tells by name and e-mail who it is', () => {
		const sources = PERSON_VALUES.map(({ name }) => name);
		for (const row of syncroContacts.defaultMapping) {
			expect(syncroContacts.field(row.field)).toBeDefined();
			expect(sources).toContain(row.source);
			expect(row.whenBlank).toBe('keep');
		}
		expect(syncroContacts.fields.filter(({ identity }) => identity).map(({ name }) => name)).toEqual(['name', 'email']);
	});
});
