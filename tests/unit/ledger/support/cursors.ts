import { openLedger, type StoredLedger } from '../../../../sync/ledger';
import type { CursorKey, CursorProposal } from '../../../../sync/ledger/ledger';
import { CONTOSO, FABRIKAM, HandClock, NOON, type Stores } from './samples';

const USERS: CursorKey = { tenantId: CONTOSO.tenantId, resource: 'users', properties: 'f1', syncName: 'Contacts / daily' };
const DAY = 86_400;

/** Cursors, whatever database is behind the ledger. */
export function describeCursors(stores: Stores): void {
	describe(`cursors in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		const propose = async (executionId: string, link: string, more: Partial<CursorProposal> = {}) =>
			await ledger.proposeCursor({ ...USERS, executionId, link, softDeleted: [], noLongerSoftDeleted: [], ...more });
		const linkNow = async () => (await ledger.knownCursor(USERS))?.link;

		it('move only when they are told to, to where that execution has read', async () => {
			await propose('1', 'L1');
			expect(await ledger.knownCursor(USERS)).toBeUndefined();
			clock.pass(60);
			expect(await ledger.moveCursors('2')).toEqual({ moved: [], overtaken: [] });
			expect(await ledger.moveCursors('1')).toEqual({ moved: [{ ...USERS, link: 'L1', movedAt: NOON + 60_000 }], overtaken: [] });
			expect(await ledger.knownCursor(USERS)).toEqual({ ...USERS, link: 'L1', movedAt: NOON + 60_000, open: [], softDeleted: [] });
			expect(await ledger.moveCursors('1')).toEqual({ moved: [], overtaken: [] });
		});

		it('are one for each tenant, resource, property list and sync', async () => {
			const others: CursorKey[] = [{ ...USERS, tenantId: FABRIKAM.tenantId }, { ...USERS, resource: 'groups' }, { ...USERS, properties: 'f2' }, { ...USERS, syncName: 'Contacts' }];
			for (const [index, key] of [USERS, ...others].entries()) await propose('1', `L${index}`, key);
			expect((await ledger.moveCursors('1', { tenantId: CONTOSO.tenantId })).moved).toHaveLength(4);
			expect((await ledger.moveCursors('1', USERS)).moved).toEqual([]);
			await ledger.moveCursors('1');
			expect(await Promise.all([USERS, ...others].map(async (key) => (await ledger.knownCursor(key))?.link))).toEqual(['L0', 'L1', 'L2', 'L3', 'L4']);
			expect(await ledger.listCursors({ syncName: 'Contacts', limit: 9 })).toMatchObject([{ ...others[3], open: 0, softDeleted: 0 }]);
			expect(await ledger.listCursors({ limit: 2 })).toHaveLength(2);
		});

		it('stay where they are when they moved, or were forgotten, since the execution read', async () => {
			await propose('1', 'L1');
			await propose('2', 'L2');
			await ledger.moveCursors('2');
			expect(await ledger.moveCursors('1')).toEqual({ moved: [], overtaken: [USERS] });
			expect(await linkNow()).toBe('L2');
			await propose('3', 'L3', { from: 'L2' });
			expect(await ledger.forgetCursors({ tenantId: CONTOSO.tenantId })).toBe(1);
			expect(await ledger.moveCursors('3')).toEqual({ moved: [], overtaken: [] });
			expect(await ledger.knownCursor(USERS)).toBeUndefined();
		});

		it('take the last of what one execution has read, with nothing of what it noted before', async () => {
			await propose('1', 'L1', { softDeleted: ['ben'] });
			await ledger.standOpen('1', CONTOSO.tenantId, ['anna']);
			await propose('1', 'L2');
			await ledger.moveCursors('1');
			expect(await ledger.knownCursor(USERS)).toMatchObject({ link: 'L2', open: [], softDeleted: [] });
		});

		it('remember who stands open, until the next move', async () => {
			await propose('1', 'L1');
			await propose('1', 'G1', { ...USERS, resource: 'groups' });
			await ledger.standOpen('1', CONTOSO.tenantId, ['carl', 'anna']);
			await ledger.standOpen('1', CONTOSO.tenantId, ['anna', 'ben']);
			await ledger.standOpen('1', FABRIKAM.tenantId, ['nobody']);
			await ledger.standOpen('7', CONTOSO.tenantId, ['nobody']);
			await ledger.moveCursors('1');
			expect((await ledger.knownCursor(USERS))?.open).toEqual(['anna', 'ben', 'carl']);
			expect((await ledger.knownCursor({ ...USERS, resource: 'groups' }))?.open).toEqual([]);
			await propose('2', 'L2', { from: 'L1' });
			await ledger.standOpen('2', CONTOSO.tenantId, ['ben']);
			expect((await ledger.knownCursor(USERS))?.open).toEqual(['anna', 'ben', 'carl']);
			await ledger.moveCursors('2');
			expect((await ledger.knownCursor(USERS))?.open).toEqual(['ben']);
		});

		it('remember who is deleted, until they are back or can come back no more', async () => {
			await propose('1', 'L1', { softDeleted: ['anna', 'ben'] });
			await ledger.moveCursors('1');
			clock.pass(20 * DAY);
			await propose('2', 'L2', { from: 'L1', softDeleted: ['carl', 'dora'], noLongerSoftDeleted: ['ben', 'eve'] });
			await ledger.moveCursors('2');
			expect((await ledger.knownCursor(USERS))?.softDeleted).toEqual(['anna', 'carl', 'dora']);
			clock.pass(12 * DAY);
			await ledger.prune(0);
			expect((await ledger.knownCursor(USERS))?.softDeleted).toEqual(['carl', 'dora']);
		});

		it('hold thousands of objects', async () => {
			const ids = Array.from({ length: 2_500 }, (_, index) => `id-${String(index).padStart(5, '0')}`);
			await propose('1', 'L1', { softDeleted: ids });
			await ledger.standOpen('1', CONTOSO.tenantId, ids);
			await ledger.moveCursors('1');
			expect(await ledger.knownCursor(USERS)).toMatchObject({ open: ids, softDeleted: ids });
			expect(await ledger.listCursors({ limit: 1 })).toMatchObject([{ open: 2_500, softDeleted: 2_500 }]);
		});

		it('keep nothing of a person who is erased, moved or proposed', async () => {
			await propose('1', 'L1', { softDeleted: ['anna'] });
			await ledger.standOpen('1', CONTOSO.tenantId, ['anna', 'ben']);
			await ledger.moveCursors('1');
			await propose('2', 'L2', { from: 'L1', softDeleted: ['anna'] });
			await ledger.standOpen('2', CONTOSO.tenantId, ['anna', 'carl']);
			await ledger.erasePerson('anna');
			expect(await ledger.knownCursor(USERS)).toMatchObject({ open: ['ben'], softDeleted: [] });
			await ledger.moveCursors('2');
			expect(await ledger.knownCursor(USERS)).toMatchObject({ open: ['carl'], softDeleted: [] });
		});

		it('are pruned when they did not move for long, with the proposals of executions that died', async () => {
			await propose('1', 'L1', { softDeleted: ['anna'] });
			await ledger.moveCursors('1');
			await propose('dead', 'L2', { from: 'L1' });
			await ledger.standOpen('dead', CONTOSO.tenantId, ['ben']);
			clock.pass(DAY);
			await ledger.prune(clock.now() - 2 * DAY * 1000);
			expect(await linkNow()).toBe('L1');
			await ledger.prune(clock.now());
			expect(await ledger.knownCursor(USERS)).toBeUndefined();
			expect(await ledger.moveCursors('dead')).toEqual({ moved: [], overtaken: [] });
			expect((await ledger.inspect()).cursors).toBe(0);
		});
	});
}
