import { SyncError, type SyncErrorClass } from '../model/syncError';
import type { PostgresSettings } from './postgres';

function codeOf(error: unknown): string {
	const { code } = error as { code?: unknown };
	return typeof code === 'string' ? code : '';
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : '';
}

/** Serialization failure, deadlock, or a row that another transaction has just written: the work is done again. */
export function isConflict(error: unknown): boolean {
	return ['40001', '40P01', '23505'].includes(codeOf(error));
}

/** The connection broke, or the server is restarting. SQLSTATE classes 08 and 57P, and Node's own codes. */
export function isLostConnection(error: unknown): boolean {
	const code = codeOf(error);
	return (
		/^(08...|57P0[123])$/.test(code) ||
		['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
		/^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded)/.test(textOf(error))
	);
}

/** Codes that Node's TLS gives to a certificate it does not accept. */
const CERTIFICATE_CODES = /^(SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT_|INVALID_CA|HOSTNAME_MISMATCH)/;

/**
 * What the server or the network reported, with host and database and what to do, never the password. The server's
 * own sentence is not passed on where it could hold values. Errors of the ledger pass through.
 */
export function postgresFault(error: unknown, settings: PostgresSettings): unknown {
	if (error instanceof SyncError) return error;
	const code = codeOf(error);
	const text = textOf(error);
	const server = `${settings.host}:${settings.port}`;
	const database = `the database "${settings.database}" on ${server}`;
	const fault = (errorClass: SyncErrorClass, name: string, message: string, remedy: string) =>
		new SyncError(message, { class: errorClass, code: `ledger.${name}`, remedy, cause: error });

	if (code === '28P01' || /client password must be a string|SCRAM/.test(text)) {
		return fault('configuration', 'signInRefused', `PostgreSQL on ${server} refused the password of the user "${settings.user}".`, 'Correct user and password in the Sync Ledger credential.');
	}
	if (/^28/.test(code)) {
		const unencrypted = /no encryption|SSL off/i.test(text);
		return fault(
			'configuration',
			'notAllowed',
			`PostgreSQL on ${server} does not let the user "${settings.user}" into the database "${settings.database}"${unencrypted ? ' over an unencrypted connection' : ''}.`,
			`${unencrypted ? 'Choose another TLS mode than Off in the Sync Ledger credential. If that does not help, check' : 'Check'} that the user exists and that pg_hba.conf allows it from this machine.`,
		);
	}
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return fault('unavailable', 'hostUnknown', `The PostgreSQL host "${settings.host}" has no address.`, 'Check the host name in the Sync Ledger credential, and the name service (DNS) of this machine.');
		case '3D000':
			return fault('configuration', 'databaseMissing', `PostgreSQL on ${server} has no database "${settings.database}".`, `Create it (CREATE DATABASE "${settings.database}" OWNER "${settings.user}") or correct the name in the Sync Ledger credential.`);
		case '42501':
			return fault('configuration', 'permissionMissing', `The user "${settings.user}" lacks a permission in ${database}.`, `Let it create and use tables: GRANT CREATE, USAGE ON SCHEMA public TO "${settings.user}". If another user created the ledger's tables (entra_sync_…), make this user their owner.`);
		case '3F000':
			return fault('configuration', 'schemaMissing', `${capitalised(database)} has no schema in which the user "${settings.user}" may create tables.`, 'Create one, or correct the search_path of the user.');
		case '25006':
			return fault('configuration', 'readOnly', `${capitalised(database)} is read-only: it is a replica, or set so.`, 'Enter the host of the primary server in the Sync Ledger credential.');
		case '53100':
			return fault('unavailable', 'diskFull', `The disk of PostgreSQL on ${server} is full.`, 'Free some space there and start again. Nothing half-written was kept.');
		case '53300':
			return fault('unavailable', 'tooManyConnections', `PostgreSQL on ${server} accepts no further connections.`, 'Raise max_connections, or lower the number of n8n workers. Each needs up to four.');
		case '57P03':
			return fault('unavailable', 'starting', `PostgreSQL on ${server} is starting or shutting down.`, 'Start the workflow again in a moment.');
	}
	if (CERTIFICATE_CODES.test(code)) {
		return fault('configuration', 'certificate', `The certificate of PostgreSQL on ${server} is not accepted (${code}).`, 'Enter the CA certificate that signed it in the Sync Ledger credential, and use the host name that the certificate names.');
	}
	if (/does not support SSL/i.test(text)) {
		return fault('configuration', 'tlsUnsupported', `PostgreSQL on ${server} does not offer TLS.`, 'Turn TLS on at the server, or choose the TLS mode Off if the network between them is trusted.');
	}
	if (isConflict(error)) {
		return fault('unavailable', 'conflict', `Too many transactions at once in ${database}.`, 'Start the workflow again. If it happens again, let fewer tenants run at the same time.');
	}
	if (isLostConnection(error) || /^E[A-Z]+$/.test(code)) {
		return fault('unavailable', 'unreachable', `PostgreSQL on ${server} can't be reached${code ? ` (${code})` : ''}.`, 'Check that the server runs, that host and port in the Sync Ledger credential are right, and that a firewall lets this machine through.');
	}
	if (/^[0-9A-Z]{5}$/.test(code)) {
		return fault('unavailable', 'postgres', `PostgreSQL refused an operation in ${database} (SQLSTATE ${code}).`, 'This was not expected. If it happens again, report it with this message.');
	}
	return error;
}

function capitalised(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}
