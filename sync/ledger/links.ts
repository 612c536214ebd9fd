import { pairingKey, type Pairing } from '../model/pairing';
import { SyncError } from '../model/syncError';
import { sql, type Database } from './database';
import type { Ledger } from './ledger';
import { Filter, linkOfRow } from './rows';

type LinkMethods = Pick<Ledger, 'links' | 'listLinks' | 'forgetLink'>;

/** Links are written by `remember` (changes.ts) only; here they are read and forgotten. */
export function linkMethods(database: Database): LinkMethods {
	return {
		async links(pairing) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_links WHERE pairing_key = ?', pairingKey(pairing)));
			return rows.map(linkOfRow);
		},

		async listLinks({ pairing, sourceId, limit }) {
			const filter = new Filter().pairing(pairing);
			if (sourceId !== undefined) filter.where('source_id = ?', sourceId);
			const rows = await database.read(
				filter.statement('SELECT * FROM entra_sync_links', 'ORDER BY linked_at DESC, source_id, pairing_key LIMIT ?', limit),
			);
			return rows.map(linkOfRow);
		},

		async forgetLink({ pairing, sourceId, recordId }) {
			if (sourceId === undefined && recordId === undefined && !isWhole(pairing)) throw tooWide();
			const filter = new Filter().pairing(pairing);
			if (sourceId !== undefined) filter.where('source_id = ?', sourceId);
			if (recordId !== undefined) filter.where('record_id = ?', recordId);
			return await database.transaction(function* () {
				const rows = yield filter.statement('DELETE FROM entra_sync_links', 'RETURNING source_id');
				return rows.length;
			});
		},
	};
}

function isWhole(pairing: Partial<Pairing> | undefined): boolean {
	return [pairing?.tenantId, pairing?.target, pairing?.account, pairing?.customerId].every((part) => part !== undefined);
}

function tooWide(): SyncError {
	return new SyncError('Forgetting the links of more than one tenant and customer at once is refused.', {
		class: 'input',
		code: 'ledger.tooWide',
		remedy: 'Name a person, a record, or one tenant with its customer (tenant, target, account and customer id).',
	});
}
