import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteLedger, type StoredLedger } from '../../../sync/ledger';
import { sqliteFault } from '../../../sync/ledger/sqliteErrors';
import type { SyncError } from '../../../sync/model/syncError';
import { apply, begin, changeOf, CONTOSO, refusalOf } from './support/samples';

const NOBODY = 65534;

/** Does the work without root's rights, which know no missing permissions. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
	const root = process.geteuid?.() === 0;
	if (root) process.seteuid!(NOBODY);
	try {
		return await work();
	} finally {
		if (root) process.seteuid!(0);
	}
}

describe('a SQLite ledger that meets trouble', () => {
	let folder: string;
	let file: string;
	const opened: StoredLedger[] = [];
	const open = async (path = file, lockLimitMs?: number) => {
		const ledger = await openSqliteLedger(path, { lockLimitMs });
		opened.push(ledger);
		return ledger;
	};

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'ledger-faults-'));
		chmodSync(folder, 0o755);
		file = join(folder, 'ledger.sqlite');
	});
	afterEach(async () => {
		for (const ledger of opened.splice(0)) await ledger.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const expectFault = (error: SyncError, code: string) => {
		expect(error.code).toBe(`ledger.${code}`);
		expect(error.message).toContain(file);
		expect(error.remedy).not.toBe('');
	};

	it('creates folder and file for its owner only', async () => {
		file = join(folder, 'new', 'deeper', 'ledger.sqlite');
		await (await open()).inspect();
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
		expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
	});

	it('names a path that is a folder', async () => {
		mkdirSync(file);
		expectFault(await refusalOf(open()), 'isFolder');
	});

	it('names a path whose folder can\'t exist', async () => {
		writeFileSync(join(folder, 'file'), '');
		file = join(folder, 'file', 'ledger.sqlite');
		expectFault(await refusalOf(open()), 'noFolder');
	});

	it('names a folder that may not be written', async () => {
		await asOrdinaryUser(async () => expectFault(await refusalOf(open()), 'notWritable'));
		file = join(folder, 'sub', 'ledger.sqlite');
		await asOrdinaryUser(async () => expectFault(await refusalOf(open()), 'notWritable'));
	});

	it('names a file that may not be written', async () => {
		writeFileSync(file, '', { mode: 0o444 });
		await asOrdinaryUser(async () => expectFault(await refusalOf(open()), 'notWritable'));
	});

	it('names a file beside which nothing may be written', async () => {
		writeFileSync(file, '');
		if (process.geteuid?.() === 0) chownSync(file, NOBODY, NOBODY);
		else chmodSync(folder, 0o555);
		await asOrdinaryUser(async () => {
			const error = await refusalOf(open());
			expect(error.code).toMatch(/^ledger\.(notWritable|notOpened)$/);
			expect(error.message).toContain(file);
			expect(error.remedy).toContain(folder);
		});
		chmodSync(folder, 0o755);
	});

	it('names a file that is no database, and leaves it as it is', async () => {
		const text = 'This is my diary. '.repeat(100);
		writeFileSync(file, text);
		expectFault(await refusalOf(open()), 'notADatabase');
		expect(readFileSync(file, 'utf8')).toBe(text);
	});

	it('names a database of somebody else, and puts no table into it', async () => {
		const other = new DatabaseSync(file);
		other.exec('CREATE TABLE workflow_entity (id TEXT)');
		expectFault(await refusalOf(open()), 'foreignFile');
		expect(other.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all()).toEqual([{ name: 'workflow_entity' }]);
		other.close();
	});

	it('names a damaged file', async () => {
		const ledger = await open();
		const run = await begin(ledger, CONTOSO);
		for (let index = 0; index < 50; index++) await apply(ledger, changeOf(run, `person ${index}`), { recordId: `${index}` });
		await ledger.close();
		const bytes = readFileSync(file);
		bytes.fill(0xa5, 4096);
		writeFileSync(file, bytes);
		expectFault(await refusalOf(open().then(async (damaged) => await damaged.links(CONTOSO))), 'corrupted');
	});

	it('waits for another program that writes, while everything else in this process goes on', async () => {
		const ledger = await open();
		const other = new DatabaseSync(file);
		other.exec('BEGIN IMMEDIATE');
		let ticks = 0;
		const ticking = setInterval(() => {
			// Only a free event loop gets here; once it did a few times, the other program lets go.
			if (++ticks === 3) other.exec('ROLLBACK');
		}, 1);
		await expect(begin(ledger, CONTOSO)).resolves.toMatchObject({ status: 'running' });
		clearInterval(ticking);
		expect(ticks).toBeGreaterThanOrEqual(3);
		other.close();
	});

	it('gives up on a file that stays locked, and writes again afterwards', async () => {
		const ledger = await open(file, 200);
		const other = new DatabaseSync(file);
		other.exec('BEGIN IMMEDIATE');
		expectFault(await refusalOf(begin(ledger, CONTOSO)), 'locked');
		other.exec('ROLLBACK');
		other.close();
		await expect(begin(ledger, CONTOSO)).resolves.toMatchObject({ status: 'running' });
	});

	it('notices that its file was deleted, instead of writing into nothing', async () => {
		const ledger = await open();
		expect(ledger.stale()).toBe(false);
		rmSync(file);
		expectFault(await refusalOf(begin(ledger, CONTOSO)), 'replaced');
		expect(ledger.stale()).toBe(true);
		await expect(begin(await open(), CONTOSO)).resolves.toMatchObject({ status: 'running' });
		expect(existsSync(file)).toBe(true);
	});

	it('says that it was closed', async () => {
		const ledger = await open();
		await ledger.close();
		await expect(ledger.listRuns({ limit: 1 })).rejects.toThrow('was closed');
	});

	it('leaves nothing of an erased person in its files', async () => {
		const ledger = await open();
		const run = await begin(ledger, CONTOSO);
		const name = 'Zwentibold Quastenflosser';
		await apply(ledger, changeOf(run, 'anna', { label: name }), { recordId: '1', written: { name } });
		const inFiles = () => ['', '-wal'].some((suffix) => existsSync(file + suffix) && readFileSync(file + suffix).includes(name));
		expect(inFiles()).toBe(true);
		await ledger.erasePerson('anna');
		expect(inFiles()).toBe(false);
	});

	it('tells that a disk is full', () => {
		const small = new DatabaseSync(':memory:');
		small.exec('PRAGMA max_page_count = 3; CREATE TABLE t (x TEXT)');
		let full: unknown;
		try {
			small.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000));
		} catch (error) {
			full = error;
		}
		expectFault(sqliteFault(full, file) as SyncError, 'diskFull');
	});

	it.each([
		['ENOSPC', 'diskFull'],
		['EDQUOT', 'diskFull'],
		['EROFS', 'notWritable'],
		['EPERM', 'notWritable'],
		['ENAMETOOLONG', 'noFolder'],
	])('tells %s of the file system as %s', (code, fault) => {
		expectFault(sqliteFault(Object.assign(new Error('x'), { code }), file) as SyncError, fault);
	});

	it.each([
		[10, 'inputOutput'],
		[8 + 256 * 4, 'notWritable'],
		[14, 'notOpened'],
		[1, 'sqlite'],
	])('tells result code %d of SQLite as %s', (errcode, fault) => {
		expectFault(sqliteFault(Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode }), file) as SyncError, fault);
	});

	it('hands on what it does not know', () => {
		const bug = new TypeError('x is not a function');
		expect(sqliteFault(bug, file)).toBe(bug);
	});
});
