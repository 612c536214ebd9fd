import fc from 'fast-check';
import { withoutDoubledDevices } from '../../../sync/match/doubledDevices';
import { matchRecords } from '../../../sync/match/matchRecords';
import { deviceOwner, DEVICE_VALUES } from '../../../sync/model/deviceValues';
import type { Match, MatchRule } from '../../../sync/model/match';
import { serialKey } from '../../../sync/model/serialNumber';
import type { SourceRecord } from '../../../sync/model/sourceRecord';
import type { TargetRecord } from '../../../sync/model/targetRecord';
import { readValue, sourceValueNamed } from '../../../sync/plan/sourceValue';
import { syncroAssets } from '../../../sync/target/syncro/assets/definition';

const pairing = { tenantId: 't', target: 'syncro:assets', account: 'msp', customerId: '1' };
const managed = (id: string, more: object = {}): SourceRecord => ({ kind: 'managedDevice', tenantId: 't', id, deviceName: `PC-${id}`, ...more });
const entra = (id: string, more: object = {}): SourceRecord => ({ kind: 'device', tenantId: 't', id, displayName: `PC-${id}`, ...more });
const asset = (id: string, more: object = {}): TargetRecord => ({ kind: 'asset', target: 'syncro:assets', account: 'msp', customerId: '1', id, name: `Asset ${id}`, ...more });
const RULES: MatchRule[] = [{ by: 'serial' }, { by: 'nameAndOwner' }];
const told = (sources: SourceRecord[], records: TargetRecord[], rules = RULES): string[] =>
	matchRecords({ pairing, nouns: syncroAssets.nouns, sources, records, links: [], openIntents: [], rules, whereabouts: new Map() })
		.map((m: Match) => [m.sourceId ?? '-', m.outcome, m.record?.id ?? (m.candidates ?? []).map(({ id }) => id).join('|'), m.rule ?? m.reason?.code ?? ''].filter(Boolean).join(' '))
		.sort();

describe('A serial number', () => {
	it('is the same in any case and with any spaces', () => {
		expect(told([managed('a', { serialNumber: 'pf4 abc12 ' })], [asset('1', { asset_serial: 'PF4ABC12' })])).toEqual(['a matched 1 serial']);
	});
	it.each([
		'SystemSerialNumber', 'System Serial Number', 'To Be Filled By O.E.M.', 'to be filled by o.e.m', 'Default string', '0', '0123456789', '123456789', '1234567890', 'None', 'N/A', 'INVALID', 'Not Specified',
		'System Product Name', 'Unknown', '00000000', 'XXXXXXXX', '-------', '.......', 'Serial Number xxxxxx', 'abc', ' ', '', null, undefined, 12345678, 'Not Applicable',
	])('%p tells no device from another', (junk) => {
		expect(serialKey(junk)).toBe('');
		expect(told([managed('a', { serialNumber: junk })], [asset('1', { asset_serial: junk })])).toEqual(['- unmanaged 1', 'a new']);
		expect(syncroAssets.refusesNew!(managed('a', { serialNumber: junk }))).toMatchObject({ code: 'noSerial' });
	});
	it.each(['PF4ABC12', '5CG1234XYZ', 'C02XK0AAJGH5', '0000-0005-1234-5678-9012-3456-78', 'VMware-56 4d 11 aa 0e', '1122334455'])('%s does', (serial) => {
		expect(serialKey(serial)).toBe(serial.toUpperCase().replaceAll(' ', ''));
		expect(syncroAssets.refusesNew!(managed('a', { serialNumber: serial }))).toBeUndefined();
	});
	it('has one form: that of a form is itself', () => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(serialKey(serialKey(text))).toBe(serialKey(text));
		}));
	});
	it('that two devices or two assets have leaves the decision to somebody', () => {
		const one = { serialNumber: 'PF4ABC12' };
		expect(told([managed('a', one), managed('b', one)], [asset('1', { asset_serial: 'PF4ABC12' })])).toEqual(['a ambiguous 1 severalSources', 'b ambiguous 1 severalSources']);
		expect(told([managed('a', one)], [asset('1', { asset_serial: 'PF4ABC12' }), asset('2', { asset_serial: 'pf4abc12' })])).toEqual(['a ambiguous 1|2 severalRecords']);
	});
	it('is not written where it is junk, and blank is not the same as not read', () => {
		const value = (source: SourceRecord) => readValue(source, sourceValueNamed('serialNumber', syncroAssets));
		expect([value(managed('a', { serialNumber: 'Default string' })), value(managed('a', { serialNumber: 'pf4abc12' })), value(managed('a', { serialNumber: null })), value(managed('a'))]).toEqual([null, 'pf4abc12', null, undefined]);
	});
});

describe('Name and owner', () => {
	const owned = { contact_id: '11', name: 'pc-a' };
	it('together find an asset: by the link of its owner, or by an address', () => {
		expect(told([managed('a', { ownerContactId: '11' })], [asset('1', owned)])).toEqual(['a matched 1 nameAndOwner']);
		expect(told([managed('a', { userPrincipalName: 'Ada@x.example' })], [asset('1', { ...owned, contactEmail: 'ada@X.example' })])).toEqual(['a matched 1 nameAndOwner']);
		expect(told([managed('a', { emailAddress: 'ada@x.example' })], [asset('1', { ...owned, contactEmail: 'ada@x.example' })])).toEqual(['a matched 1 nameAndOwner']);
	});
	it('alone find none', () => {
		expect(told([managed('a')], [asset('1', { name: 'PC-a' })])).toEqual(['- unmanaged 1', 'a new']);
		expect(told([managed('a', { ownerContactId: null })], [asset('1', { name: 'PC-a', contact_id: null })])).toEqual(['- unmanaged 1', 'a new']);
		expect(told([managed('a', { ownerContactId: '11' })], [asset('1', { name: 'other', contact_id: '11' })])).toEqual(['- unmanaged 1', 'a new']);
		expect(told([managed('a', { ownerContactId: '12' })], [asset('1', owned)])).toEqual(['- unmanaged 1', 'a new']);
	});
	it('are the link of a person never mistaken for an address', () => {
		expect(told([managed('a', { userPrincipalName: '11' })], [asset('1', owned)])).toEqual(['- unmanaged 1', 'a new']);
	});
	it('of a device of which only Entra knows come after everything else, in whatever order the rules are', () => {
		const stale = entra('old', { displayName: 'PC-a', ownerContactId: '11' });
		const current = managed('a', { serialNumber: 'PF4ABC12', ownerContactId: '11' });
		for (const rules of [RULES, [...RULES].reverse()]) {
			expect(told([stale, current], [asset('1', { ...owned, asset_serial: 'PF4ABC12' })], rules)).toContainEqual(expect.stringMatching(/^a matched 1/));
			expect(told([stale, { ...current, serialNumber: null }], [asset('1', owned)], rules)).toEqual(['a matched 1 nameAndOwner', 'old new']);
		}
		expect(told([stale], [asset('1', owned)])).toEqual(['old matched 1 nameAndOwner']);
		expect(told([entra('b', { displayName: 'PC-a', registeredOwners: [{ id: 'u', userPrincipalName: 'ada@x.example' }] })], [asset('1', { ...owned, contactEmail: 'ada@x.example' })])).toEqual(['b matched 1 nameAndOwner']);
	});
});

describe('One machine that Intune manages and Entra knows', () => {
	it('is one device: the managed one', () => {
		const twin = entra('e', { deviceId: 'd-1' });
		const only = entra('o', { deviceId: 'd-2' });
		const own = managed('m', { azureADDeviceId: 'd-1' });
		expect(withoutDoubledDevices([twin, own, only])).toEqual([own, only]);
	});
	it('is never taken for another that has no device id', () => {
		const sources = [entra('e', { deviceId: null }), entra('f'), managed('m', { azureADDeviceId: null }), managed('n')];
		expect(withoutDoubledDevices(sources)).toEqual(sources);
	});
});

describe('The owner of a device', () => {
	it('is its one user or registered owner', () => {
		const of = (source: SourceRecord) => deviceOwner(source);
		expect([of(managed('a', { userId: 'u' })), of(managed('a', { userId: null })), of(managed('a'))]).toEqual(['u', null, undefined]);
		expect([of(entra('a', { registeredOwners: [{ id: 'u' }] })), of(entra('a', { registeredOwners: [] })), of(entra('a', { registeredOwners: [{ id: 'u' }, { id: 'v' }] })), of(entra('a'))]).toEqual(['u', null, undefined, undefined]);
	});
});

describe('What the mapping offers of devices', () => {
	it('has names of its own, and days where Intune has moments', () => {
		expect(new Set(DEVICE_VALUES.map(({ name }) => name)).size).toBe(DEVICE_VALUES.length);
		const device = managed('a', { lastSyncDateTime: '2026-11-20T10:00:00Z', enrolledDateTime: null });
		const value = (name: string) => readValue(device, sourceValueNamed(name, syncroAssets));
		expect([value('lastSeen'), value('enrolledDay'), value('deviceName'), value('model')]).toEqual(['2026-11-20', null, 'PC-a', undefined]);
		expect(readValue(entra('a'), sourceValueNamed('deviceName', syncroAssets))).toBe('PC-a');
	});
});
