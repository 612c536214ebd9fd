import type { Clock } from '../../../../sync/http/clock';
import type { CursorFilter, CursorKey, CursorProposal, KnownCursor, Ledger } from '../../../../sync/ledger/ledger';

type Modelled = Pick<Ledger, 'knownCursor' | 'proposeCursor' | 'proposedCursors' | 'standOpen' | 'moveCursors' | 'listCursors' | 'forgetCursors'>;

/** Object ids with the moment since when they are remembered. */
type Remembered = Map<string, number>;

interface ModelCursor extends Omit<KnownCursor, 'open' | 'softDeleted'> {
	open: Set<string>;
	softDeleted: Remembered;
}

interface ModelProposal extends CursorProposal {
	proposedAt: number;
	open: Set<string>;
	/** Of `softDeleted`, without those who were erased. */
	deleted: Remembered;
}

const KEEP_DELETED_MS = 31 * 24 * 3_600_000;

/** What the ledger does with cursors, in the plainest words. */
export class ModelCursors implements Modelled {
	private cursors: ModelCursor[] = [];
	private proposals: ModelProposal[] = [];

	constructor(protected readonly clock: Clock) {}

	async knownCursor(key: CursorKey) {
		const cursor = this.cursors.find((one) => same(one, key));
		return cursor && { ...cursor, open: [...cursor.open].sort(), softDeleted: [...cursor.softDeleted.keys()].sort() };
	}

	async proposeCursor(proposal: CursorProposal) {
		const now = this.clock.now();
		this.proposals = this.proposals.filter((one) => one.executionId !== proposal.executionId || !same(one, proposal));
		this.proposals.push({ ...proposal, proposedAt: now, open: new Set(), deleted: new Map(proposal.softDeleted.map((id) => [id, now])) });
	}

	async proposedCursors(executionId: string, tenantId: string) {
		const mine = this.proposals.filter((one) => one.executionId === executionId && one.tenantId === tenantId).sort(byKey);
		return mine.map(({ tenantId: tenant, resource, properties, syncName }) => ({ tenantId: tenant, resource, properties, syncName }));
	}

	async standOpen(executionId: string, tenantId: string, sourceIds: readonly string[]) {
		for (const proposal of this.proposals) {
			if (proposal.executionId === executionId && proposal.tenantId === tenantId && proposal.resource === 'users') for (const id of sourceIds) proposal.open.add(id);
		}
	}

	async moveCursors(executionId: string, which: Partial<CursorKey> = {}) {
		const mine = this.proposals.filter((one) => one.executionId === executionId && fits(one, which)).sort(byKey);
		this.proposals = this.proposals.filter((one) => !mine.includes(one));
		const moved = [];
		const overtaken = [];
		for (const { tenantId, resource, properties, syncName, link, from, open, deleted, noLongerSoftDeleted } of mine) {
			const key = { tenantId, resource, properties, syncName };
			const current = this.cursors.find((one) => same(one, key));
			if (current?.link !== from) {
				overtaken.push(key);
				continue;
			}
			const softDeleted = new Map(current?.softDeleted);
			for (const id of noLongerSoftDeleted) softDeleted.delete(id);
			for (const [id, since] of deleted) softDeleted.set(id, since);
			const cursor = { ...key, link, movedAt: this.clock.now() };
			this.cursors = [...this.cursors.filter((one) => one !== current), { ...cursor, open, softDeleted }];
			moved.push(cursor);
		}
		return { moved, overtaken };
	}

	async listCursors({ limit, ...filter }: CursorFilter & { limit: number }) {
		const found = this.cursors.filter((one) => fits(one, filter)).sort(byKey).slice(0, limit);
		return found.map(({ open, softDeleted, ...cursor }) => ({ ...cursor, open: open.size, softDeleted: softDeleted.size }));
	}

	async forgetCursors(filter: CursorFilter) {
		const before = this.cursors.length;
		this.cursors = this.cursors.filter((one) => !fits(one, filter));
		this.proposals = this.proposals.filter((one) => !fits(one, filter));
		return before - this.cursors.length;
	}

	protected eraseFromCursors(id: string): void {
		for (const { open, softDeleted } of this.cursors) [open, softDeleted].forEach((ids) => ids.delete(id));
		for (const { open, deleted } of this.proposals) [open, deleted].forEach((ids) => ids.delete(id));
	}

	protected pruneCursors(olderThan: number): void {
		this.cursors = this.cursors.filter(({ movedAt }) => movedAt >= olderThan);
		this.proposals = this.proposals.filter(({ proposedAt }) => proposedAt >= olderThan);
		for (const remembered of [...this.cursors.map(({ softDeleted }) => softDeleted), ...this.proposals.map(({ deleted }) => deleted)]) {
			for (const [id, since] of remembered) if (since < this.clock.now() - KEEP_DELETED_MS) remembered.delete(id);
		}
	}
}

function same(a: CursorKey, b: CursorKey): boolean {
	return fits(a, { tenantId: b.tenantId, resource: b.resource, properties: b.properties, syncName: b.syncName });
}

function fits(cursor: CursorKey, filter: Partial<CursorKey>): boolean {
	return Object.entries(filter).every(([name, value]) => value === undefined || cursor[name as keyof CursorKey] === value);
}

function byKey(a: CursorKey, b: CursorKey): number {
	const text = ({ tenantId, resource, syncName, properties }: CursorKey) => [tenantId, resource, syncName, properties].join('/');
	return text(a) < text(b) ? -1 : 1;
}
