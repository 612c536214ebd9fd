import type { LedgerOptions } from '../../../../sync/ledger';
import { sql, type Database } from '../../../../sync/ledger/database';
import { migrate } from '../../../../sync/ledger/migrate';
import { openPostgresDatabase } from '../../../../sync/ledger/postgres';
import { MIGRATIONS } from '../../../../sync/ledger/schema';
import { openSqliteDatabase } from '../../../../sync/ledger/sqlite';
import { refusalOf, type Stores } from './samples';

const NEXT = ['ALTER TABLE entra_sync_links ADD COLUMN colour TEXT', `UPDATE entra_sync_links SET colour = 'red'`];

export function describeMigrations(stores: Stores): void {
	describe(`the schema in ${stores.name}`, () => {
		let database: Database;

		beforeEach(async () => {
			database = await openDatabase(await stores.create());
		});
		afterEach(async () => await database.close());

		const linkCount = async (columns = '*') => await database.read(sql(`SELECT ${columns} FROM entra_sync_links`));
		const addLink = async () =>
			await database.transaction(function* () {
				yield sql(
					'INSERT INTO entra_sync_links (pairing_key, source_id, record_id, tenant_id, target, account, customer_id, rule, linked_at, last_written) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
					'k', 'p', 'r', 't', 'syncro', 'a', 'c', 'email', 1, '{}',
				);
			});

		it('is brought forward step by step, keeps what is there, and is left alone when it is up to date', async () => {
			expect(await migrate(database)).toBe(MIGRATIONS.length);
			await addLink();
			expect(await migrate(database, [...MIGRATIONS, NEXT])).toBe(MIGRATIONS.length + 1);
			expect(await migrate(database, [...MIGRATIONS, NEXT])).toBe(MIGRATIONS.length + 1);
			expect(await linkCount('source_id, colour')).toMatchObject([{ source_id: 'p', colour: 'red' }]);
		});

		it('stays as it was when a step fails half-way', async () => {
			await migrate(database);
			await addLink();
			await expect(migrate(database, [...MIGRATIONS, [...NEXT, 'ALTER TABLE nothing ADD COLUMN x TEXT']])).rejects.toThrow();
			await expect(linkCount('colour')).rejects.toThrow();
			expect(await linkCount()).toHaveLength(1);
			expect(await migrate(database, [...MIGRATIONS, NEXT])).toBe(MIGRATIONS.length + 1);
		});

		it('is refused, and not touched, when a newer release wrote it', async () => {
			await migrate(database, [...MIGRATIONS, NEXT]);
			const refused = await refusalOf(migrate(database));
			expect(refused).toMatchObject({ class: 'configuration', code: 'ledger.newerSchema' });
			expect(refused.message).toContain(`version ${MIGRATIONS.length + 1}`);
			expect(refused.message).toContain(database.location);
			expect(refused.remedy).toContain('Update n8n-nodes-entra-sync');
		});
	});
}

async function openDatabase(options: LedgerOptions): Promise<Database> {
	if (options.type === 'sqlite') return await openSqliteDatabase(options.path);
	const { type: _, clock: __, ...settings } = options;
	return await openPostgresDatabase(settings);
}
