import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialsDecrypted, ICredentialTestFunctions, IDataObject } from 'n8n-workflow';
import { ledgerOptions, sharedLedger } from '../../../nodes/connect/ledger';
import { SyncLedger } from '../../../nodes/SyncLedger/SyncLedger.node';
import { SyncError } from '../../../sync/model/syncError';
import { MIGRATIONS } from '../../../sync/ledger/schema';

const folder = mkdtempSync(join(tmpdir(), 'ledger-credential-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the Sync Ledger credential', () => {
	const test = async (data: IDataObject) =>
		await new SyncLedger().methods.credentialTest.testSyncLedger.call({} as ICredentialTestFunctions, { id: '1', name: 'x', type: 'syncLedgerApi', data } as unknown as ICredentialsDecrypted);

	it('is tested by opening, migrating, writing and reading', async () => {
		const file = join(folder, 'new', 'ledger.sqlite');
		const result = await test({ type: 'sqlite', path: file });
		expect(result.status).toBe('OK');
		expect(result.message).toContain(`${file} can be written and read; schema version ${MIGRATIONS.length}, 0 runs`);
		expect(existsSync(file)).toBe(true);
	});

	it('names the fault and what to do', async () => {
		const file = join(folder, 'diary.txt');
		writeFileSync(file, 'Dear diary, '.repeat(100));
		const result = await test({ type: 'sqlite', path: file });
		expect(result.status).toBe('Error');
		expect(result.message).toContain(`${file} is not a SQLite database.`);
		expect(result.message).toContain('Choose another file');
	});

	it('never shows the password', async () => {
		const result = await test({ type: 'postgres', host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'hunter2', tls: 'off' });
		expect(result.status).toBe('Error');
		expect(result.message).toContain('127.0.0.1:1 can\'t be reached');
		expect(result.message).not.toContain('hunter2');
	});

	it('refuses a SQLite file in queue mode', () => {
		const refused = catchError(() => ledgerOptions({ type: 'sqlite' }, { EXECUTIONS_MODE: 'queue' }));
		expect(refused.code).toBe('ledger.queueMode');
		expect(refused.message).toContain('queue mode needs PostgreSQL');
		expect(ledgerOptions({ type: 'postgres', host: 'h', database: 'd', user: 'u' }, { EXECUTIONS_MODE: 'queue' })).toMatchObject({ type: 'postgres' });
	});

	it('keeps the file in the n8n user folder unless told otherwise', () => {
		const home = process.platform === 'win32' ? 'USERPROFILE' : 'HOME';
		const expected = (root: string) => ({ type: 'sqlite', path: join(root, '.n8n', 'entra-sync', 'ledger.sqlite') });
		expect(ledgerOptions({ type: 'sqlite', path: ' ' }, { N8N_USER_FOLDER: '/data', [home]: '/home/node' })).toEqual(expected('/data'));
		expect(ledgerOptions({ type: 'sqlite' }, { [home]: '/home/node' })).toEqual(expected('/home/node'));
		expect(ledgerOptions({ type: 'sqlite' }, {})).toEqual(expected(process.cwd()));
		expect(catchError(() => ledgerOptions({ type: 'sqlite', path: 'ledger.sqlite' }, {})).code).toBe('ledger.relativePath');
	});

	it('takes what PostgreSQL needs, and TLS with verification unless told otherwise', () => {
		expect(ledgerOptions({ type: 'postgres', host: ' db ', database: 'd', user: 'u', password: ' p ', ca: '' }, {})).toEqual({ type: 'postgres', host: 'db', port: 5432, database: 'd', user: 'u', password: ' p ', tls: 'verify-full' });
		expect(ledgerOptions({ type: 'postgres', host: 'db', port: 1, database: 'd', user: 'u', tls: 'require', ca: 'PEM' }, {})).toMatchObject({ port: 1, tls: 'require', ca: 'PEM' });
		expect(ledgerOptions({ type: 'postgres', host: 'db', database: 'd', user: 'u', tls: 'off', ca: 'PEM' }, {})).not.toHaveProperty('ca');
		expect(catchError(() => ledgerOptions({ type: 'postgres', host: 'db' }, {})).message).toContain('lacks Database and User');
	});

	it('opens a store once per process, and again when its file was deleted', async () => {
		const options = { type: 'sqlite' as const, path: join(folder, 'shared.sqlite') };
		const [one, two] = await Promise.all([sharedLedger(options), sharedLedger({ ...options })]);
		expect(one).toBe(two);
		rmSync(options.path);
		const three = await sharedLedger(options);
		expect(three).not.toBe(one);
		expect(await three.listRuns({ limit: 1 })).toEqual([]);
		await three.close();
	});

	it('tries again after an opening that failed', async () => {
		const blocked = join(folder, 'blocked');
		writeFileSync(blocked, '');
		const options = { type: 'sqlite' as const, path: join(blocked, 'ledger.sqlite') };
		await expect(sharedLedger(options)).rejects.toThrow('does not exist');
		rmSync(blocked);
		await (await sharedLedger(options)).close();
	});
});

function catchError(work: () => unknown): SyncError {
	try {
		work();
	} catch (error) {
		if (error instanceof SyncError) return error;
	}
	throw new Error('It was not refused.');
}
