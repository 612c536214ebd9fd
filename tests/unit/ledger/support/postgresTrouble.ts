import { createServer, type AddressInfo } from 'node:net';
import { openPostgresLedger, type PostgresSettings } from '../../../../sync/ledger';
import { postgresFault } from '../../../../sync/ledger/postgresErrors';
import type { SyncError } from '../../../../sync/model/syncError';
import type { PostgresCluster } from './postgresCluster';
import { apply, begin, changeOf, CONTOSO, refusalOf } from './samples';

/** Everything that PostgreSQL, its certificate or the way to it can get wrong. */
export function describePostgresTrouble(getCluster: () => PostgresCluster): void {
	describe('a PostgreSQL ledger that meets trouble', () => {
		const faultOf = async (settings: PostgresSettings): Promise<SyncError> => {
			const ledger = openPostgresLedger(settings);
			const error = await refusalOf(ledger.then(async (opened) => await opened.close()));
			for (const text of [error.message, error.remedy, error.stack ?? '']) expect(text).not.toContain('correct horse');
			expect(error.message).toContain(settings.host);
			expect(error.remedy).not.toBe('');
			return error;
		};
		let settings: PostgresSettings;
		beforeEach(async () => {
			settings = await getCluster().createDatabase();
		});

		it('names a server that does not answer', async () => {
			expect((await faultOf({ ...settings, port: 1 })).code).toBe('ledger.unreachable');
		});

		it('names a refused password, and never shows it', async () => {
			expect((await faultOf({ ...settings, password: 'battery staple' })).code).toBe('ledger.signInRefused');
			expect((await faultOf({ ...settings, password: '' })).code).toBe('ledger.signInRefused');
		});

		it('names a user who is not let in', async () => {
			const error = await faultOf({ ...settings, user: 'stranger', tls: 'require' });
			expect(error).toMatchObject({ class: 'configuration', code: 'ledger.notAllowed' });
			expect(error.message).toContain('"stranger"');
			expect(error.message).not.toContain('unencrypted');
		});

		it('names a missing database', async () => {
			const error = await faultOf({ ...settings, database: 'nowhere' });
			expect(error.code).toBe('ledger.databaseMissing');
			expect(error.remedy).toContain('CREATE DATABASE "nowhere"');
		});

		it('names a missing permission', async () => {
			await getCluster().execute(`ALTER DATABASE ${settings.database} OWNER TO admin`);
			expect((await faultOf(settings)).code).toBe('ledger.permissionMissing');
		});

		it('names a database that is read-only', async () => {
			await getCluster().execute(`ALTER DATABASE ${settings.database} SET default_transaction_read_only = on`);
			expect((await faultOf(settings)).code).toBe('ledger.readOnly');
		});

		it('names a server that takes no more connections', async () => {
			await getCluster().execute(`ALTER DATABASE ${settings.database} CONNECTION LIMIT 0`);
			expect((await faultOf(settings)).code).toBe('ledger.tooManyConnections');
		});

		it('checks the certificate, also the name in it', async () => {
			const verify = { ...settings, tls: 'verify-full' as const };
			expect((await faultOf(verify)).code).toBe('ledger.certificate');
			const { ca } = getCluster();
			await (await openPostgresLedger({ ...verify, ca })).close();
			const elsewhere = { ...verify, ca, host: '127.0.0.2' };
			expect((await faultOf(elsewhere)).code).toBe('ledger.certificate');
			await (await openPostgresLedger({ ...elsewhere, tls: 'require' })).close();
			await (await openPostgresLedger({ ...settings, tls: 'require' })).close();
		});

		it('tells when the server wants TLS, and when it has none', async () => {
			await getCluster().execute(`ALTER DATABASE ${settings.database} OWNER TO strict`);
			const strict = { ...settings, user: 'strict' };
			expect((await faultOf(strict)).message).toContain('over an unencrypted connection');
			await (await openPostgresLedger({ ...strict, tls: 'require' })).close();

			// A server without TLS answers the request for it with the letter N.
			const plain = createServer((socket) => socket.once('data', () => socket.end('N')));
			await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
			const { port } = plain.address() as AddressInfo;
			expect((await faultOf({ ...settings, port, tls: 'require' })).code).toBe('ledger.tlsUnsupported');
			plain.close();
		});

		it('goes on after the server was restarted', async () => {
			const ledger = await openPostgresLedger(settings);
			const run = await begin(ledger, CONTOSO);
			getCluster().restart();
			await apply(ledger, changeOf(run, 'anna'), { recordId: '1' });
			expect(await ledger.links(CONTOSO)).toHaveLength(1);
			await ledger.close();
		}, 60_000);
	});

	describe('what PostgreSQL and the network report', () => {
		const settings: PostgresSettings = { host: 'db.example', port: 5432, database: 'ledger', user: 'ledger', password: 'correct horse', tls: 'off' };

		it.each([
			['ENOTFOUND', 'hostUnknown'],
			['EAI_AGAIN', 'hostUnknown'],
			['53100', 'diskFull'],
			['57P03', 'starting'],
			['3F000', 'schemaMissing'],
			['EHOSTUNREACH', 'unreachable'],
			['CERT_HAS_EXPIRED', 'certificate'],
			['40001', 'conflict'],
			['XX000', 'postgres'],
		])('tells %s as %s', (code, fault) => {
			const error = postgresFault(Object.assign(new Error('correct horse'), { code }), settings) as SyncError;
			expect(error.code).toBe(`ledger.${fault}`);
			expect(error.message).toContain(settings.host);
			expect(`${error.message} ${error.remedy}`).not.toContain('correct horse');
		});

		it('hands on what it does not know', () => {
			const bug = new TypeError('x is not a function');
			expect(postgresFault(bug, settings)).toBe(bug);
		});
	});
}
