import fc from 'fast-check';
import type { Change, FieldChange } from '../../../sync/model/change';
import { SyncError } from '../../../sync/model/syncError';
import { addressOf, endpointOf } from '../../../sync/target/http/address';
import { checkTemplates, composeRequest } from '../../../sync/target/http/compose';
import { HTTP_TARGETS } from '../../../sync/target/http/definition';
import { idempotencyKey } from '../../../sync/target/http/idempotencyKey';
import { recordOf } from '../../../sync/target/http/records';
import { checkWriteSettings, DEFAULT_WRITE_SETTINGS, type WriteSettings } from '../../../sync/target/http/settings';
import { USERS } from './support/portal';

const [definition] = HTTP_TARGETS;
const pairing = { tenantId: 'tenant', target: 'http', account: 'portal', customerId: 'acme' };
const set = (field: string, after: string | null): FieldChange => ({ field, label: field, after });
const changeOf = (fields: FieldChange[], more: Partial<Change> = {}): Change => ({ kind: 'change', planId: 'plan', mode: 'apply', pairing, action: 'create', sourceId: 'source', label: 'Ada', fields, reason: '', ...more });
const settings = (more: Partial<WriteSettings>): WriteSettings => ({ ...DEFAULT_WRITE_SETTINGS, ...more });
const create = (path: string, more: Partial<WriteSettings> = {}) => settings({ requests: { create: { method: 'POST', path, send: 'changed' } }, ...more });
const compose = (write: WriteSettings, fields: FieldChange[]) => composeRequest('create', changeOf(fields), fields, undefined, write);

function refusal(work: () => unknown): SyncError {
	try {
		work();
	} catch (error) {
		if (error instanceof SyncError) return error;
		throw error;
	}
	throw new Error('It was not refused.');
}

describe('A value', () => {
	const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '","admin":true,"x":"', '../../admin', '..', '.', '%2e%2e', '?x=1', '#', '/', '{recordId}', '$&', '$1', '\u2028', '\ud800', '{{ $json.secret }}', "'; DROP TABLE users; --"));

	it('in a body stays in its key, whatever it is', () => {
		fc.assert(
			fc.property(nasty, nasty, (name, title) => {
				const { body } = compose(USERS, [set('name', name), set('title', title), set('department', title)]);
				expect(JSON.parse(JSON.stringify(body))).toEqual({ customerId: 'acme', name: JSON.parse(JSON.stringify(name)), title: JSON.parse(JSON.stringify(title)), profile: { department: JSON.parse(JSON.stringify(title)) } });
			}),
		);
	});

	it('in a path stays in its part, or is refused before anything is sent', () => {
		const endpoint = endpointOf('https://portal.example.com/api');
		fc.assert(
			fc.property(nasty, (email) => {
				let path: string;
				try {
					({ path } = compose(create('/users/{email}/roles?mail={email}'), [set('email', email)]));
				} catch (error) {
					expect(error).toMatchObject({ class: 'refused', code: 'http.placeholder' });
					return;
				}
				const address = addressOf(endpoint, path);
				expect(address.pathname.split('/')).toHaveLength(5);
				expect(address.pathname.endsWith('/roles')).toBe(true);
				expect([...address.searchParams]).toEqual([['mail', /\p{Surrogate}/u.test(email) ? expect.any(String) : email]]);
			}),
		);
	});

	it.each([['..'], ['.'], [''], [null]])('that would lead elsewhere or is missing is no part of a path: %j', (email) => {
		expect(refusal(() => compose(create('/users/{email}'), [set('email', email)]))).toMatchObject({ class: 'refused', code: 'http.placeholder' });
	});

	it('has the type that the endpoint takes, or is refused with the name of its field', () => {
		const write = create('/users', { places: [{ field: 'active', path: 'active', type: 'boolean' }, { field: 'floor', path: 'office.floor', type: 'number' }, { field: 'zip', path: 'zip', type: 'text' }] });
		expect(compose(write, [set('active', 'Yes'), set('floor', '-2.5'), set('zip', '01234')]).body).toEqual({ active: true, office: { floor: -2.5 }, zip: '01234' });
		expect(compose(write, [set('active', 'false'), set('floor', null)]).body).toEqual({ active: false, office: { floor: null } });
		expect(refusal(() => compose(write, [set('active', 'perhaps')])).message).toBe('Field active: its value is not a yes or no.');
		for (const value of ['0x10', '1e999', '12345678901234567890']) expect(refusal(() => compose(write, [set('floor', value)])).message).toBe('Field floor: its value is not a number.');
		expect(compose({ ...write, blankAs: 'empty' }, [set('zip', null), set('floor', null)]).body).toEqual({ zip: '', office: { floor: null } });
	});
});

describe('A placeholder', () => {
	const fields = [set('email', 'ada@x.example')];
	const check = (write: WriteSettings, changes = [changeOf(fields)]) => refusal(() => checkTemplates(write, changes));

	it('that nothing can fill is found before anything is sent, with what it could be', () => {
		expect(check(create('/users/{emial}'))).toMatchObject({ class: 'input', message: 'Path of Create: nothing is called {emial}.', remedy: expect.stringContaining('{sourceId}, {tenantId}, {customerId}, {email}') });
		expect(check(create('/users/{recordId}')).message).toContain('{recordId}');
		expect(check(settings({ ...USERS, requests: { update: { method: 'PATCH', path: '/users/{email}', send: 'changed' } } })).message).toBe('Path of Update: nothing is called {email}.');
		expect(check({ ...USERS, readPath: '/users/{id}' }).message).toBe('Read Path: nothing is called {id}.');
		expect(check({ ...USERS, findPath: '/users?mail={mail}' }).message).toBe('Find Path: nothing is called {mail}.');
		expect(check({ ...USERS, fixed: [{ path: 'x', value: '{name}', type: 'text', with: ['create'] }] }).message).toBe('Further value x: nothing is called {name}.');
	});

	it('has one brace on each side', () => {
		expect(check(create('/users/{{email}}'))).toMatchObject({ message: expect.stringContaining('has a brace that belongs to no placeholder'), remedy: expect.stringContaining('Expression') });
		expect(check(create('/users/{email')).code).toBe('http.template');
	});

	it('of a field is known where any new record has it; who lacks it fails alone', () => {
		const write = create('/users/{email}');
		checkTemplates(write, [changeOf(fields), changeOf([set('name', 'Bob')])]);
		expect(refusal(() => compose(write, [set('name', 'Bob')])).message).toBe('Path of Create: there is no value for {email} here.');
	});

	it('is filled once: what a value holds is no placeholder', () => {
		expect(compose(create('/users?x={a}&y={b}'), [set('a', '{b}'), set('b', '$&')]).path).toBe('/users?x=%7Bb%7D&y=%24%26');
	});
});

describe('The settings', () => {
	const refused = (more: Partial<WriteSettings>) => refusal(() => checkWriteSettings({ ...USERS, ...more }, definition)).message;

	it.each(['a.b', 'id', 'recordId', 'sourceId', 'customerId', 'kind', '__proto__', 'constructor', '{x}', ' '])('know no field "%s"', (field) => {
		expect(refused({ places: [{ field, path: 'x', type: 'text' }] })).toContain('which cannot be a field');
		expect(definition.field(field)).toBeUndefined();
	});

	it('give every value a place of its own, and none that JavaScript keeps for itself', () => {
		expect(refused({ places: [{ field: 'a', path: 'x', type: 'text' }, { field: 'b', path: 'x.y', type: 'text' }], fixed: [] })).toContain('"x.y" cannot be filled');
		expect(refused({ places: [{ field: 'a', path: 'customerId', type: 'text' }] })).toContain('"customerId" cannot be filled');
		for (const path of ['__proto__.admin', 'constructor.prototype.x', 'a..b', '']) expect(refused({ places: [{ field: 'a', path, type: 'text' }] })).toContain('is no place in a JSON object');
		expect(({} as Record<string, unknown>).admin).toBeUndefined();
	});

	it('name a header that is one, and a Read Path where it is needed', () => {
		expect(refused({ idempotencyHeader: 'Idempotency Key' })).toContain('is no name of a header');
		expect(refused({ verify: 'read' })).toContain('there is no Read Path');
	});

	it('send a whole record only where all of it is known', () => {
		const write = settings({ ...USERS, requests: { update: { method: 'PUT', path: '/users/{recordId}', send: 'whole' } } });
		const change = changeOf([set('title', 'Chief')], { action: 'update', recordId: '7' });
		const current = recordOf(pairing, '7', { externalId: 'source', name: 'Ada', email: null, active: 'true', title: 'Clerk', department: 'Sales' });
		expect(composeRequest('update', change, change.fields, current, write).body).toEqual({ externalId: 'source', name: 'Ada', email: null, active: true, title: 'Chief', profile: { department: 'Sales' } });
		const { department: _, ...less } = current;
		expect(refusal(() => composeRequest('update', change, change.fields, less as typeof current, write)).message).toContain('what it holds in "department" is not known');
		expect(composeRequest('update', change, change.fields, less as typeof current, write, { fields: [], alone: true }).body).not.toHaveProperty('profile');
	});
});

describe('The idempotency key', () => {
	const change = changeOf([set('email', 'ada@x.example'), set('name', 'Ada')]);
	const key = idempotencyKey('create', change, undefined, change.fields, undefined);

	it('is the same for the same change, in whatever order its fields are', () => {
		expect(idempotencyKey('create', { ...change }, undefined, [...change.fields].reverse(), undefined)).toBe(key);
	});

	it('differs by pairing, action, source, record, values, and by what was carried out before', () => {
		const others = [
			idempotencyKey('create', { ...change, pairing: { ...pairing, customerId: 'other' } }, undefined, change.fields, undefined),
			idempotencyKey('update', change, undefined, change.fields, undefined),
			idempotencyKey('create', { ...change, sourceId: 'another' }, undefined, change.fields, undefined),
			idempotencyKey('create', change, '7', change.fields, undefined),
			idempotencyKey('create', change, undefined, [set('email', 'ada@x.example'), set('name', 'Bob')], undefined),
			idempotencyKey('create', change, undefined, change.fields, 12),
		];
		expect(new Set([key, ...others]).size).toBe(7);
	});

	it('holds nothing personal', () => {
		expect(key).toMatch(/^[0-9a-f]{40}$/);
	});
});
