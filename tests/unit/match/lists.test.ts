import { FOREIGN_KINDS, readLists, type ForeignNames } from '../../../sync/match/lists';
import { targetDefinition } from '../../../sync/target';
import { SyncError } from '../../../sync/model/syncError';

const person = { kind: 'person', tenantId: 't', id: 'a', email: 'a@x.example' };
const contact = { kind: 'contact', target: 'syncro', account: 'msp', customerId: '1', id: '9' };
const noPeople = { kind: 'emptyList', list: 'people', note: '', tenantId: 't' };
const noContacts = { kind: 'emptyList', list: 'contacts', note: '', target: 'syncro', account: 'msp', customerId: '1' };

const refusal = (source: unknown[], target: unknown[], foreign?: ForeignNames): SyncError => {
	try {
		readLists(source, target, targetDefinition, foreign);
	} catch (error) {
		if (error instanceof SyncError) return error;
		throw error;
	}
	throw new Error('The lists were taken.');
};

describe('the two lists of a match', () => {
	it('belong to the tenant and the customer that their records name', () => {
		expect(readLists([person], [contact], targetDefinition)).toEqual({ pairing: { tenantId: 't', target: 'syncro', account: 'msp', customerId: '1' }, sourceKind: 'person', sources: [person], incremental: false, elsewhere: new Map(), records: [contact] });
	});
	it('may be empty when they say so, and still know where they belong', () => {
		expect(readLists([noPeople], [noContacts], targetDefinition)).toEqual({ pairing: { tenantId: 't', target: 'syncro', account: 'msp', customerId: '1' }, sourceKind: 'person', sources: [], incremental: false, elsewhere: new Map(), records: [] });
	});
	it('are looked up among records of the kind that arrived; several kinds together are not looked up', () => {
		const records = [{ kind: 'record', target: 'http:devices', account: 'portal', customerId: '1', id: '9' }];
		const of = (kind: string, id = kind) => ({ kind, tenantId: 't', id });
		expect(readLists([of('device')], records, targetDefinition).sourceKind).toBe('device');
		expect(readLists([of('device'), of('managedDevice')], records, targetDefinition).sourceKind).toBeUndefined();
		expect(readLists([{ kind: 'emptyList', list: 'devices', note: '', tenantId: 't' }], records, targetDefinition).sourceKind).toBeUndefined();
	});
	it('may hold only who changed; whoever left is told apart from whoever is there', () => {
		const changed = { ...person, change: 'changed', mode: 'incremental' };
		const gone = { kind: 'person', tenantId: 't', id: 'b', change: 'gone', mode: 'incremental', whereabouts: 'gone' };
		expect(readLists([changed, gone], [contact], targetDefinition)).toMatchObject({ sources: [changed], incremental: true, elsewhere: new Map([['b', 'gone']]) });
		expect(readLists([{ ...noPeople, mode: 'incremental' }], [contact], targetDefinition)).toMatchObject({ sources: [], incremental: true });
		expect(readLists([{ ...person, change: 'present', mode: 'reconcile' }], [contact], targetDefinition)).toMatchObject({ incremental: false });
		expect(readLists([{ ...noPeople, mode: 'reconcile' }], [contact], targetDefinition)).toMatchObject({ sources: [], incremental: false });
	});
	it.each([
		[[], [contact], 'The source list did not arrive: nothing came in at the input for people.'],
		[[person], [], 'The target list did not arrive: nothing came in at the input for records of the target, for example contacts.'],
	])('are refused when one did not arrive', (source, target, message) => {
		expect(refusal(source, target)).toMatchObject({ message, code: 'match.listDidNotArrive', remedy: expect.stringContaining('one wire') });
	});
	it.each<[string, unknown[], unknown[], string]>([
		['an error of the node before', [person, { error: 'Boom for tenant 2' }], [contact], 'Item 2 of the source list cannot be used: it is an error of the node before (Boom for tenant 2).'],
		['an empty item', [{}], [contact], 'Item 1 of the source list cannot be used: it is empty (switch off "Always Output Data" on the node before).'],
		['an item that n8n made up in a recovery', [person], [{ isArtificialRecoveredEventItem: true }], 'Item 1 of the target list cannot be used: n8n made it up while it recovered a crashed execution.'],
		['a person without an id', [{ ...person, id: '' }], [contact], 'Item 1 of the source list cannot be used: its "id" is missing or is not text.'],
		['swapped inputs', [contact], [person], 'Item 1 of the source list cannot be used: a person was expected and a "contact" came.'],
		['foreign items without their names', [{ id: 'a' }], [contact], 'Item 1 of the source list cannot be used: a person was expected and something else came.'],
		['the marker of another list', [noContacts], [contact], 'Item 1 of the source list cannot be used: it says that a list of contacts is empty, not of people.'],
		['a marker beside records', [person, noPeople], [contact], 'Item 2 of the source list cannot be used: it says that the list is empty, but there are other items beside it.'],
		['the same person twice', [person, person], [contact], 'Item 2 of the source list cannot be used: the id a came twice, so the list of people is joined or doubled on its way.'],
		['something that is no record', ['x'], [contact], 'Item 1 of the source list cannot be used: it is no record.'],
		['a part of the contacts', [person], [{ ...contact, of: 3 }], '1 contacts arrived, but the customer has 3.'],
		['changes among a whole list', [person, { ...person, id: 'b', mode: 'incremental' }], [contact], '1 of the 2 items of the source list are changes; the others belong to a whole list.'],
		['two tenants', [person, { ...person, id: 'b', tenantId: 'u' }], [contact], 'The source list holds records of 2 tenants: t, u.'],
		['two customers', [person], [contact, { ...contact, id: '8', customerId: '2' }], 'The target list holds records of 2 customers: syncro/msp/1, syncro/msp/2.'],
		['an empty list that does not say whose it is', [{ ...noPeople, tenantId: undefined }], [contact], 'The empty list that arrived does not say which tenant or customer it belongs to.'],
	])('are refused with %s, named by its place', (_what, source, target, message) => {
		const error = refusal(source, target);
		expect(error.message.startsWith(message.replace(/\.$/, ''))).toBe(true);
		expect(error.class).toBe('input');
		expect(error.remedy).not.toBe('');
	});
	it('may come from elsewhere when their fields are named', () => {
		const foreign: ForeignNames = { tenantId: 't', sourceId: 'objectId', sourceEmail: 'mail', target: 'crm', account: 'x', customerId: '7', recordId: 'key', recordEmail: 'address', recordName: 'title' };
		expect(readLists([{ objectId: 'a', mail: 'a@x.example', jobTitle: 'Dentist' }], [{ key: 12, address: 'a@x.example', title: 'Ada' }], () => FOREIGN_KINDS, foreign)).toMatchObject({
			pairing: { tenantId: 't', target: 'crm', account: 'x', customerId: '7' },
			sources: [{ kind: 'person', id: 'a', email: 'a@x.example', jobTitle: 'Dentist' }],
			records: [{ kind: 'contact', id: '12', email: 'a@x.example', name: 'Ada' }],
		});
	});
});
