import type { Clock } from '../../../../sync/http/clock';
import type { Ledger, Link, PairingRecord, RecordedChange, RecordedPlan, Run } from '../../../../sync/ledger/ledger';
import { pairingKey, type Pairing } from '../../../../sync/model/pairing';
import type { PlanCounts } from '../../../../sync/model/plan';
import { SyncError } from '../../../../sync/model/syncError';
import { ModelCursors } from './modelCursors';

type Modelled = Omit<Ledger, 'close' | 'announceInvitation' | 'settleInvitation' | 'invitations' | 'runOfExecution' | 'getRun' | 'listRuns' | 'listLinks' | 'getPlan'>;

/** The rules of the ledger in the plainest words: lists in memory, one caller at a time, errors are their codes. */
export class ModelLedger extends ModelCursors implements Modelled {
	runs: Run[] = [];
	linked: Link[] = [];
	changes: RecordedChange[] = [];
	plans: RecordedPlan[] = [];
	pairings: PairingRecord[] = [];
	private count = 0;

	constructor(clock: Clock) {
		super(clock);
	}

	async startRun(request: Parameters<Ledger['startRun']>[0]) {
		this.refuseConflict(request.pairing);
		const now = this.clock.now();
		const holder = this.runs.find((run) => run.status === 'running' && same(run.pairing, request.pairing));
		if (holder && holder.leaseUntil > now) refuse('runInProgress');
		if (holder) Object.assign(holder, { status: 'abandoned', finishedAt: now });
		const run: Run = {
			runId: `(run ${this.count++})`,
			pairing: request.pairing,
			status: 'running',
			executionId: request.executionId,
			startedAt: now,
			leaseUntil: now + request.leaseSeconds * 1000,
		};
		this.runs.push(run);
		return { run: { ...run }, ...(holder ? { abandoned: { ...holder } } : {}) };
	}

	async renewLease(runId: string, leaseSeconds: number) {
		const run = this.running(runId);
		run.leaseUntil = Math.max(run.leaseUntil, this.clock.now() + leaseSeconds * 1000);
	}

	async notePlan(runId: string, planId: string, sourceCount: number | undefined, counts: PlanCounts) {
		Object.assign(this.running(runId), { planId, sourceCount, counts });
	}

	async finishRun(runId: string, result: Parameters<Ledger['finishRun']>[1]) {
		const run = this.runs.find((candidate) => candidate.runId === runId) ?? refuse('unknownRun');
		const now = this.clock.now();
		if (run.status === 'running') Object.assign(run, { status: result.status, finishedAt: now, leaseUntil: now });
		return { ...run };
	}

	async lastGoodRun(pairing: Pairing) {
		return this.runs.findLast((run) => same(run.pairing, pairing) && isGood(run));
	}

	async links(pairing: Pairing) {
		return this.linked.filter((link) => same(link.pairing, pairing));
	}

	async forgetLink(filter: Parameters<Ledger['forgetLink']>[0]) {
		const before = this.linked.length;
		this.linked = this.linked.filter((link) => !(same(link.pairing, filter.pairing as Pairing) && link.sourceId === filter.sourceId));
		return before - this.linked.length;
	}

	async intend(intent: Parameters<Ledger['intend']>[0]) {
		this.running(intent.runId);
		if (intent.action === 'create') {
			const linked = this.linked.some((link) => same(link.pairing, intent.pairing) && link.sourceId === intent.sourceId);
			const begun = this.changes.some(({ runId, action, sourceId, state }) => runId === intent.runId && action === 'create' && sourceId === intent.sourceId && (state === 'intended' || state === 'applied'));
			if (linked || begun) refuse('alreadyCreated');
		}
		const changeId = `(change ${this.count++})`;
		this.changes.push({ ...intent, changeId, state: 'intended', intendedAt: this.clock.now() });
		return changeId;
	}

	async remember(changeId: string, result: Parameters<Ledger['remember']>[1]) {
		const change = this.change(changeId);
		const recordId = result.recordId ?? change.recordId;
		const mine = this.linked.find((link) => same(link.pairing, change.pairing) && link.sourceId === change.sourceId);
		if (result.unlink) {
			if (mine && (recordId === undefined || mine.recordId === recordId)) this.linked.splice(this.linked.indexOf(mine), 1);
		} else {
			if (recordId === undefined) refuse('noRecordId');
			const taken = this.linked.some((link) => same(link.pairing, change.pairing) && link.recordId === recordId && link.sourceId !== change.sourceId);
			if (taken) refuse('recordLinked');
			const noted = Object.fromEntries(Object.entries(result.notKept ?? {}).map(([field, value]) => [field, { value, at: this.clock.now() }]));
			if (mine?.recordId === recordId) {
				mine.lastWritten = { ...mine.lastWritten, ...result.written };
				const left = Object.entries(mine.notKept ?? {}).filter(([field]) => !(field in result.written));
				mine.notKept = { ...Object.fromEntries(left), ...noted };
			}
			else {
				if (mine) this.linked.splice(this.linked.indexOf(mine), 1);
				this.linked.push({ pairing: change.pairing, sourceId: change.sourceId, recordId: recordId!, rule: result.rule, linkedAt: this.clock.now(), lastWritten: result.written, notKept: noted });
			}
		}
		const settledAt = this.clock.now();
		Object.assign(change, { state: 'applied', recordId, written: result.written, message: undefined, settledAt });
		for (const other of this.changes) {
			const overtaken = isOpenCreate(other) && other.sourceId === change.sourceId && same(other.pairing, change.pairing);
			if (overtaken) Object.assign(other, { state: 'dropped', settledAt });
		}
	}

	async rememberLinks(runId: string, planId: string, links: Parameters<Ledger['rememberLinks']>[2]) {
		const refusals: Array<SyncError | undefined> = [];
		for (const { pairing, sourceId, recordId, label, rule, unlink, message } of links) {
			const changeId = await this.intend({ runId, planId, pairing, action: 'link', sourceId, recordId, label, fields: [] });
			try {
				await this.remember(changeId, { recordId, rule, written: {}, ...(unlink ? { unlink } : {}), message });
				refusals.push(undefined);
			} catch (error) {
				await this.settle(changeId, 'failed', (error as Error).message);
				refusals.push(new SyncError('', { class: 'ledger', code: (error as Error).message, remedy: '' }));
			}
		}
		return refusals;
	}

	async settle(changeId: string, state: 'intended' | 'failed' | 'dropped', message: string) {
		const change = this.change(changeId);
		if (change.state === 'applied') return;
		Object.assign(change, { state, message, settledAt: state === 'intended' ? undefined : this.clock.now() });
	}

	async openIntents(pairing: Pairing) {
		return this.changes.filter((change) => isOpenCreate(change) && same(change.pairing, pairing));
	}

	async changesOfRun(runId: string) {
		return this.changes.filter((change) => change.runId === runId);
	}

	async savePlan(plan: Parameters<Ledger['savePlan']>[0]) {
		const known = this.plans.find(({ planId }) => planId === plan.planId);
		const now = this.clock.now();
		if (!known) {
			this.plans.push({ ...plan, firstSeenAt: now });
			return { ...this.plans.at(-1)! };
		}
		const presentedAgain = plan.verdict === 'held' && known.consumedAt === undefined && now - known.firstSeenAt > 12 * 3600_000;
		Object.assign(known, { ...plan, pairing: known.pairing }, presentedAgain ? { firstSeenAt: now } : {});
		return { ...known };
	}

	async consumePlan(planId: string) {
		const plan = this.plans.find((candidate) => candidate.planId === planId) ?? refuse('unknownPlan');
		if (plan.consumedAt !== undefined) refuse('planUsed');
		plan.consumedAt = this.clock.now();
	}

	async setPairing(record: Parameters<Ledger['setPairing']>[0], { replace }: { replace: boolean }) {
		if (!replace) this.refuseConflict(record);
		this.pairings = this.pairings.filter((other) => !contradicts(other, record) && !same(other, record));
		this.pairings.push({ ...record, pairedAt: this.clock.now() });
		return this.pairings.at(-1)!;
	}

	async listPairings() {
		return [...this.pairings].sort((a, b) => pairingKey(a).localeCompare(pairingKey(b), 'en'));
	}

	async removePairing(pairing: Pairing) {
		const before = this.pairings.length;
		this.pairings = this.pairings.filter((other) => !same(other, pairing));
		return this.pairings.length < before;
	}

	async erasePerson(sourceId: string) {
		const links = this.linked.filter((link) => link.sourceId === sourceId).length;
		this.linked = this.linked.filter((link) => link.sourceId !== sourceId);
		this.eraseFromCursors(sourceId);
		const changes = this.changes.filter((change) => change.sourceId === sourceId);
		for (const change of changes) {
			if (change.state === 'intended') Object.assign(change, { state: 'dropped', settledAt: this.clock.now() });
			Object.assign(change, { sourceId: '(erased)', label: '(erased)', fields: [], written: undefined, recordId: undefined, message: undefined });
		}
		return { links, changes: changes.length };
	}

	async prune(olderThan: number) {
		this.pruneCursors(olderThan);
		const isOld = (run: Run) => run.status !== 'running' && run.finishedAt! < olderThan;
		this.changes = this.changes.filter((change) => {
			const run = this.runs.find(({ runId }) => runId === change.runId);
			return isOpenCreate(change) || change.intendedAt >= olderThan || (run !== undefined && !isOld(run));
		});
		const kept = this.runs.filter((run) => !isOld(run) || run === this.runs.findLast((other) => isGood(other) && same(other.pairing, run.pairing) && other.workflowId === run.workflowId));
		const deleted = this.runs.length - kept.length;
		this.runs = kept;
		this.plans = this.plans.filter((plan) => plan.firstSeenAt >= olderThan || this.runs.some((run) => run.planId === plan.planId));
		return deleted;
	}

	private running(runId: string): Run {
		const run = this.runs.find((candidate) => candidate.runId === runId) ?? refuse('unknownRun');
		return run.status === 'running' ? run : refuse('leaseLost');
	}

	private change(changeId: string): RecordedChange {
		return this.changes.find((change) => change.changeId === changeId) ?? refuse('unknownChange');
	}

	private refuseConflict(pairing: Pairing): void {
		if (this.pairings.some((other) => contradicts(other, pairing))) refuse('pairingConflict');
	}
}

function refuse(code: string): never {
	throw new Error(`ledger.${code}`);
}

function same(a: Pairing, b: Pairing): boolean {
	return pairingKey(a) === pairingKey(b);
}

/** Within one target account, a tenant has one customer and a customer one tenant. */
function contradicts(a: Pairing, b: Pairing): boolean {
	const sameAccount = a.target === b.target && a.account === b.account;
	return sameAccount && (a.tenantId === b.tenantId) !== (a.customerId === b.customerId);
}

function isGood(run: Run): boolean {
	return (run.status === 'succeeded' || run.status === 'partial') && run.sourceCount !== undefined;
}

function isOpenCreate(change: RecordedChange): boolean {
	return change.state === 'intended' && change.action === 'create';
}
