import type { Clock } from '../http/clock';
import { first, sql, type Database, type Row, type Statement } from './database';
import type { Cursor, CursorFilter, CursorKey, Ledger } from './ledger';
import { Filter } from './rows';

type CursorMethods = Pick<Ledger, 'knownCursor' | 'proposeCursor' | 'proposedCursors' | 'standOpen' | 'moveCursors' | 'listCursors' | 'forgetCursors'>;

/** `noLongerSoftDeleted` is in proposals only: what the cursor is to forget. */
type ObjectState = 'open' | 'softDeleted' | 'noLongerSoftDeleted';

/** Entra keeps a deleted object for 30 days; after that it cannot come back. */
const RESTORABLE_MS = 31 * 86_400_000;

/** Of the execution that owns what a cursor itself remembers. */
const MOVED = '';

const KEY_COLUMNS = 'tenant_id, resource, properties, sync_name';

/** Rows in one statement. */
const ROWS = 400;

/** Cursors, and how far executions have read beyond them. */
export function cursorMethods(database: Database, clock: Clock): CursorMethods {
	return {
		async knownCursor(key) {
			// One statement: the cursor and its objects as they are at one moment.
			const rows = await database.read(
				sql(
					`SELECT c.*, o.object_id, o.state FROM entra_sync_cursors c
					LEFT JOIN entra_sync_cursor_objects o ON o.cursor_key = c.cursor_key AND o.execution_id = ?
					WHERE c.cursor_key = ? ORDER BY o.object_id`,
					MOVED,
					keyOf(key),
				),
			);
			if (rows.length === 0) return undefined;
			const idsOf = (state: ObjectState) => rows.filter((row) => row.state === state).map((row) => String(row.object_id));
			return { ...cursorOfRow(rows[0]), open: idsOf('open'), softDeleted: idsOf('softDeleted') };
		},

		async proposeCursor({ executionId, link, from, softDeleted, noLongerSoftDeleted, ...key }) {
			const now = clock.now();
			await database.transaction(function* () {
				yield* withdraw(keyOf(key), executionId);
				yield sql(
					`INSERT INTO entra_sync_cursor_proposals (cursor_key, execution_id, ${KEY_COLUMNS}, link, from_link, proposed_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
					keyOf(key),
					executionId,
					...keyValues(key),
					link,
					from ?? null,
					now,
				);
				yield* noteObjects(keyOf(key), executionId, 'softDeleted', softDeleted, now);
				yield* noteObjects(keyOf(key), executionId, 'noLongerSoftDeleted', noLongerSoftDeleted, now);
			});
		},

		async proposedCursors(executionId, tenantId) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_cursor_proposals WHERE execution_id = ? AND tenant_id = ? ORDER BY cursor_key', executionId, tenantId));
			return rows.map(keyOfRow);
		},

		async standOpen(executionId, tenantId, sourceIds) {
			if (sourceIds.length === 0) return;
			const now = clock.now();
			await database.transaction(function* () {
				const proposals = yield sql(
					`SELECT cursor_key FROM entra_sync_cursor_proposals WHERE execution_id = ? AND tenant_id = ? AND resource = 'users'`,
					executionId,
					tenantId,
				);
				for (const { cursor_key: key } of proposals) yield* noteObjects(String(key), executionId, 'open', sourceIds, now);
			});
		},

		async moveCursors(executionId, which = {}) {
			const now = clock.now();
			return await database.transaction(function* () {
				const moved: Cursor[] = [];
				const overtaken: CursorKey[] = [];
				const proposals = yield whichCursors(which).where('execution_id = ?', executionId).statement('SELECT * FROM entra_sync_cursor_proposals', 'ORDER BY cursor_key');
				for (const proposal of proposals) {
					const key = String(proposal.cursor_key);
					const current = yield* first(sql('SELECT link FROM entra_sync_cursors WHERE cursor_key = ?', key));
					if ((current?.link ?? null) === proposal.from_link) moved.push(yield* move(proposal, now));
					else overtaken.push(keyOfRow(proposal));
					yield* withdraw(key, executionId);
				}
				return { moved, overtaken };
			});
		},

		async listCursors({ limit, ...filter }) {
			const count = (state: ObjectState, name: string) =>
				`(SELECT COUNT(*) FROM entra_sync_cursor_objects o WHERE o.cursor_key = entra_sync_cursors.cursor_key AND o.execution_id = '' AND o.state = '${state}') AS ${name}`;
			const rows = await database.read(
				whichCursors(filter).statement(`SELECT *, ${count('open', 'open_count')}, ${count('softDeleted', 'deleted_count')} FROM entra_sync_cursors`, 'ORDER BY tenant_id, resource, sync_name, properties LIMIT ?', limit),
			);
			return rows.map((row) => ({ ...cursorOfRow(row), open: Number(row.open_count), softDeleted: Number(row.deleted_count) }));
		},

		async forgetCursors(filter) {
			return await database.transaction(function* () {
				const forgotten = yield whichCursors(filter).statement('DELETE FROM entra_sync_cursors', 'RETURNING cursor_key');
				const proposed = yield whichCursors(filter).statement('DELETE FROM entra_sync_cursor_proposals', 'RETURNING cursor_key');
				for (const key of new Set([...forgotten, ...proposed].map((row) => String(row.cursor_key)))) {
					yield sql('DELETE FROM entra_sync_cursor_objects WHERE cursor_key = ?', key);
				}
				return forgotten.length;
			});
		},
	};
}

/** Forgets cursors and proposals that are older, and objects that can't be restored any more. */
export function* pruneCursors(olderThan: number, now: number): Generator<Statement, void, Row[]> {
	yield sql('DELETE FROM entra_sync_cursors WHERE moved_at < ?', olderThan);
	yield sql('DELETE FROM entra_sync_cursor_proposals WHERE proposed_at < ?', olderThan);
	yield sql(`DELETE FROM entra_sync_cursor_objects WHERE state = 'softDeleted' AND since < ?`, now - RESTORABLE_MS);
	yield sql(
		`DELETE FROM entra_sync_cursor_objects WHERE execution_id = ? AND cursor_key NOT IN (SELECT cursor_key FROM entra_sync_cursors)
		OR execution_id <> ? AND NOT EXISTS (
			SELECT 1 FROM entra_sync_cursor_proposals p WHERE p.cursor_key = entra_sync_cursor_objects.cursor_key AND p.execution_id = entra_sync_cursor_objects.execution_id
		)`,
		MOVED,
		MOVED,
	);
}

/** The cursor to where the proposal says, with what it says of objects. */
function* move(proposal: Row, now: number): Generator<Statement, Cursor, Row[]> {
	const key = String(proposal.cursor_key);
	const executionId = String(proposal.execution_id);
	const cursor: Cursor = { ...keyOfRow(proposal), link: String(proposal.link), movedAt: now };
	yield sql(
		`INSERT INTO entra_sync_cursors (cursor_key, ${KEY_COLUMNS}, link, moved_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (cursor_key) DO UPDATE SET link = excluded.link, moved_at = excluded.moved_at`,
		key,
		...keyValues(cursor),
		cursor.link,
		now,
	);
	yield sql(
		`DELETE FROM entra_sync_cursor_objects WHERE cursor_key = ? AND execution_id = ? AND (state = 'open' OR object_id IN (
			SELECT object_id FROM entra_sync_cursor_objects WHERE cursor_key = ? AND execution_id = ? AND state IN ('softDeleted', 'noLongerSoftDeleted')
		))`,
		key,
		MOVED,
		key,
		executionId,
	);
	yield sql(`UPDATE entra_sync_cursor_objects SET execution_id = ? WHERE cursor_key = ? AND execution_id = ? AND state <> 'noLongerSoftDeleted'`, MOVED, key, executionId);
	return cursor;
}

function* withdraw(key: string, executionId: string): Generator<Statement, void, Row[]> {
	for (const table of ['entra_sync_cursor_proposals', 'entra_sync_cursor_objects']) yield sql(`DELETE FROM ${table} WHERE cursor_key = ? AND execution_id = ?`, key, executionId);
}

function* noteObjects(key: string, executionId: string, state: ObjectState, ids: readonly string[], now: number): Generator<Statement, void, Row[]> {
	for (let start = 0; start < ids.length; start += ROWS) {
		const part = ids.slice(start, start + ROWS);
		yield sql(
			`INSERT INTO entra_sync_cursor_objects (cursor_key, execution_id, object_id, state, since) VALUES ${part.map(() => '(?, ?, ?, ?, ?)').join(', ')}
			ON CONFLICT (cursor_key, execution_id, state, object_id) DO NOTHING`,
			...part.flatMap((id) => [key, executionId, id, state, now]),
		);
	}
}

function whichCursors({ tenantId, resource, properties, syncName }: CursorFilter & { properties?: string }): Filter {
	const filter = new Filter();
	if (tenantId !== undefined) filter.where('tenant_id = ?', tenantId);
	if (resource !== undefined) filter.where('resource = ?', resource);
	if (properties !== undefined) filter.where('properties = ?', properties);
	if (syncName !== undefined) filter.where('sync_name = ?', syncName);
	return filter;
}

function keyOf(key: CursorKey): string {
	return keyValues(key).map(encodeURIComponent).join('/');
}

function keyValues({ tenantId, resource, properties, syncName }: CursorKey): [string, string, string, string] {
	return [tenantId, resource, properties, syncName];
}

function keyOfRow(row: Row): CursorKey {
	return { tenantId: String(row.tenant_id), resource: String(row.resource), properties: String(row.properties), syncName: String(row.sync_name) };
}

function cursorOfRow(row: Row): Cursor {
	return { ...keyOfRow(row), link: String(row.link), movedAt: Number(row.moved_at) };
}
