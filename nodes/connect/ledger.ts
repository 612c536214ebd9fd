import { isAbsolute, join } from 'node:path';
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { openLedger as openStore, type LedgerOptions, type StoredLedger } from '../../sync/ledger';
import type { SharedPace } from '../../sync/http/paceExchange';
import { SyncError } from '../../sync/model/syncError';

export const LEDGER_CREDENTIAL = 'syncLedgerApi';

const DAY_MS = 86_400_000;
const DEFAULT_RETENTION_DAYS = 90;

/** Ledgers that are open in this process, so that a schema is looked at once and not by every node. */
const open = new Map<string, Promise<StoredLedger>>();

let pace: SharedPace | undefined;

/**
 * The ledger of the node's credential, open and up to date. It is shared by all nodes of this process that use the
 * same store: never close it.
 *
 * @throws SyncError that names the fault of the credential or of the store
 */
export async function openLedger(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex = 0): Promise<StoredLedger> {
	return await sharedLedger(ledgerOptions(await context.getCredentials(LEDGER_CREDENTIAL, itemIndex)));
}

/** Where the processes of this n8n take turns to send, once a node of this process has opened a PostgreSQL ledger. */
export function knownPace(): SharedPace | undefined {
	return pace;
}

/** What is older may be deleted. @returns the moment, in milliseconds */
export async function retentionLimit(context: IExecuteFunctions, itemIndex: number, now: number): Promise<number> {
	const { retentionDays } = await context.getCredentials(LEDGER_CREDENTIAL, itemIndex);
	const days = Number(retentionDays ?? DEFAULT_RETENTION_DAYS);
	return now - (days >= 1 ? days : DEFAULT_RETENTION_DAYS) * DAY_MS;
}

/** The ledger where the options say; opened once per process, and again when its file was replaced. */
export async function sharedLedger(options: LedgerOptions): Promise<StoredLedger> {
	const key = JSON.stringify(options);
	const known = open.get(key);
	if (known) {
		const ledger = await known;
		if (!ledger.stale()) return ledger;
		if (open.get(key) === known) {
			open.delete(key);
			await ledger.close();
		}
	}
	const underway = open.get(key);
	if (underway) return await underway;
	const opening = openStore(options);
	open.set(key, opening);
	// What failed is tried again by the next node; this one gets the error.
	opening.catch(() => open.delete(key));
	const ledger = await opening;
	pace = ledger.pace ?? pace;
	return ledger;
}

/** Environment variables that decide where n8n keeps its files and how it executes. */
type Environment = Record<string, string | undefined>;

/**
 * What the credential says, checked.
 *
 * @throws SyncError class `configuration` when something is missing, or a file is to be used in queue mode
 */
export function ledgerOptions(credential: IDataObject, environment: Environment = process.env): LedgerOptions {
	return credential.type === 'postgres' ? postgresOptions(credential) : sqliteOptions(credential, environment);
}

function sqliteOptions(credential: IDataObject, environment: Environment): LedgerOptions {
	if (environment.EXECUTIONS_MODE === 'queue') {
		throw wrongCredential(
			'queueMode',
			'This n8n runs in queue mode, and its workers can\'t share a SQLite file: queue mode needs PostgreSQL.',
			'Choose PostgreSQL in the Sync Ledger credential. The database that n8n itself uses will do.',
		);
	}
	const path = text(credential.path);
	if (path === '') return { type: 'sqlite', path: join(n8nFolder(environment), 'entra-sync', 'ledger.sqlite') };
	if (!isAbsolute(path)) {
		throw wrongCredential('relativePath', `The path "${path}" of the ledger file is not complete.`, 'Enter the full path, beginning at the root of the disk, in the Sync Ledger credential, or leave it empty.');
	}
	return { type: 'sqlite', path };
}

/** n8n's own formula for its user folder; nodes and credential tests have no other access to it. */
function n8nFolder(environment: Environment): string {
	const home = process.platform === 'win32' ? environment.USERPROFILE : environment.HOME;
	return join(environment.N8N_USER_FOLDER ?? home ?? process.cwd(), '.n8n');
}

function postgresOptions(credential: IDataObject): LedgerOptions {
	const [host, database, user] = [text(credential.host), text(credential.database), text(credential.user)];
	const missing = Object.entries({ Host: host, Database: database, User: user }).filter(([, value]) => value === '');
	if (missing.length > 0) {
		throw wrongCredential('incomplete', `The Sync Ledger credential lacks ${missing.map(([name]) => name).join(' and ')}.`, 'Fill it in and save the credential.');
	}
	const tls = credential.tls === 'off' || credential.tls === 'require' ? credential.tls : 'verify-full';
	const ca = text(credential.ca);
	return {
		type: 'postgres',
		host,
		port: Number(credential.port ?? 5432),
		database,
		user,
		password: String(credential.password ?? ''),
		tls,
		...(tls !== 'off' && ca !== '' ? { ca } : {}),
	};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function wrongCredential(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'configuration', code: `ledger.${code}`, remedy });
}
