import { dirname } from 'node:path';
import { SyncError, type SyncErrorClass } from '../model/syncError';

/** Primary result codes, https://www.sqlite.org/rescode.html; extended codes carry them in the lowest byte. */
const SQLITE = { PERM: 3, BUSY: 5, LOCKED: 6, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 };

function resultCode(error: unknown): number | undefined {
	const { code, errcode } = error as { code?: unknown; errcode?: unknown };
	return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
	const code = resultCode(error);
	return code === SQLITE.BUSY || code === SQLITE.LOCKED;
}

export function lockedTooLong(file: string, limitMs: number, cause: unknown): SyncError {
	return fault(
		'unavailable',
		'locked',
		`The ledger file ${file} was locked by another process for more than ${Math.round(limitMs / 1000)} seconds.`,
		'Look for a program that holds the file open (a database browser, a backup, a second n8n) and close it. For several n8n processes use PostgreSQL.',
		cause,
	);
}

/** What SQLite or the file system reported, with the file's name and what to do. Errors of the ledger pass through. */
export function sqliteFault(error: unknown, file: string): unknown {
	if (error instanceof SyncError) return error;
	return ofSqlite(error, file) ?? ofFileSystem(error, file) ?? error;
}

function ofSqlite(error: unknown, file: string): SyncError | undefined {
	const code = resultCode(error);
	switch (code) {
		case undefined:
			return undefined;
		case SQLITE.NOTADB:
			return notADatabase(file, error);
		case SQLITE.CORRUPT:
			return fault(
				'unavailable',
				'corrupted',
				`The ledger file ${file} is damaged.`,
				'Put back a backup of the file (with its -wal file), or move it away: a new one is created, and the next run finds its matches again by the rules.',
				error,
			);
		case SQLITE.FULL:
			return diskFull(file, error);
		case SQLITE.READONLY:
		case SQLITE.PERM:
			return notWritable(file, error);
		case SQLITE.CANTOPEN:
			return fault(
				'unavailable',
				'notOpened',
				`The ledger file ${file} can't be opened.`,
				`Check that ${dirname(file)} exists, is a folder, and may be written by the user that n8n runs as.`,
				error,
			);
		case SQLITE.IOERR:
			return fault(
				'unavailable',
				'inputOutput',
				`Reading or writing the ledger file ${file} failed (SQLite input/output error).`,
				'Check the disk. The file must lie on a local disk, not on a network share.',
				error,
			);
		default:
			return fault(
				'unavailable',
				'sqlite',
				`SQLite refused an operation on the ledger file ${file} (result code ${code}).`,
				'This was not expected. If it happens again, report it with this message.',
				error,
			);
	}
}

function ofFileSystem(error: unknown, file: string): SyncError | undefined {
	switch ((error as NodeJS.ErrnoException).code) {
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return notWritable(file, error);
		case 'ENOSPC':
		case 'EDQUOT':
			return diskFull(file, error);
		case 'EISDIR':
			return fault('configuration', 'isFolder', `${file} is a folder, the ledger needs a file.`, 'Add a file name to the path in the Sync Ledger credential.', error);
		case 'ENOENT':
		case 'ENOTDIR':
		case 'EEXIST':
		case 'ENAMETOOLONG':
			return fault(
				'configuration',
				'noFolder',
				`The folder of the ledger file ${file} does not exist and can't be created.`,
				'Correct the path in the Sync Ledger credential, or leave it empty to use the n8n user folder.',
				error,
			);
		case 'LEDGER_REPLACED':
			return fault(
				'unavailable',
				'replaced',
				`The ledger file ${file} was deleted or replaced while it was in use.`,
				'Start the workflow again: it opens the file that is there now, or a new one.',
				error,
			);
		default:
			return undefined;
	}
}

function notADatabase(file: string, cause: unknown): SyncError {
	return fault(
		'configuration',
		'notADatabase',
		`${file} is not a SQLite database.`,
		'Choose another file in the Sync Ledger credential, or leave the path empty. The file was not changed.',
		cause,
	);
}

function notWritable(file: string, cause: unknown): SyncError {
	return fault(
		'configuration',
		'notWritable',
		`The ledger file ${file} can't be written: the permission is missing or the disk is read-only.`,
		`Let the user that n8n runs as write ${dirname(file)} and the file, or choose another path in the Sync Ledger credential.`,
		cause,
	);
}

function diskFull(file: string, cause: unknown): SyncError {
	return fault(
		'unavailable',
		'diskFull',
		`The disk that holds the ledger file ${file} is full.`,
		'Free some space and start again. Nothing half-written was kept.',
		cause,
	);
}

function fault(errorClass: SyncErrorClass, code: string, message: string, remedy: string, cause: unknown): SyncError {
	return new SyncError(message, { class: errorClass, code: `ledger.${code}`, remedy, cause });
}
