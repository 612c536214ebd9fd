import type { ChangeAction, FieldChange, PlanMode } from '../model/change';
import { pairingKey, type Pairing } from '../model/pairing';
import type { PlanCounts } from '../model/plan';
import { sql, type Row, type SqlValue, type Statement } from './database';
import type { ChangeState, Link, PairingRecord, RecordedChange, RecordedPlan, Run, RunStatus } from './ledger';

/** The four columns of a pairing as they were given; equality is judged by `pairing_key`. */
export const PAIRING_COLUMNS = 'tenant_id, target, account, customer_id';

export function pairingValues(pairing: Pairing): [string, string, string, string] {
	return [pairing.tenantId, pairing.target, pairing.account, String(pairing.customerId)];
}

export function pairingOfRow(row: Row): Pairing {
	return {
		tenantId: text(row.tenant_id),
		target: text(row.target),
		account: text(row.account),
		customerId: text(row.customer_id),
	};
}

/**
 * Conditions joined to a WHERE clause. A key has exactly three slashes and so has a pattern, so `%` never spans
 * two parts of a pairing.
 */
export class Filter {
	private readonly conditions: string[] = [];
	private readonly params: SqlValue[] = [];

	where(condition: string, ...params: SqlValue[]): this {
		this.conditions.push(condition);
		this.params.push(...params);
		return this;
	}

	pairing(pairing: Partial<Pairing> | undefined): this {
		if (!pairing) return this;
		const parts = [pairing.tenantId, pairing.target, pairing.account, pairing.customerId];
		if (parts.every((part) => part === undefined)) return this;
		if (parts.every((part) => part !== undefined)) return this.where('pairing_key = ?', pairingKey(pairing as Pairing));
		return this.where(`pairing_key LIKE ? ESCAPE '!'`, parts.map((part) => (part === undefined ? '%' : escapeLike(keyPart(part)))).join('/'));
	}

	/** The filter with what stands before and after it. */
	statement(before: string, after = '', ...params: SqlValue[]): Statement {
		const where = this.conditions.length > 0 ? ` WHERE ${this.conditions.join(' AND ')}` : '';
		return sql(`${before}${where} ${after}`, ...this.params, ...params);
	}
}

/** One part of a pairing as it stands in its key. */
export function keyPart(part: string): string {
	return pairingKey({ tenantId: part, target: '', account: '', customerId: '' }).split('/')[0];
}

function escapeLike(part: string): string {
	return part.replace(/[!%_]/g, '!$&');
}

/** The part of a run's execution id that people know: n8n's own number. What stands before it says which n8n and workflow. */
export function shownExecutionId(executionId: string): string {
	return executionId.slice(executionId.lastIndexOf('/') + 1);
}

export function runOfRow(row: Row): Run {
	return {
		runId: text(row.run_id),
		pairing: pairingOfRow(row),
		status: text(row.status) as RunStatus,
		executionId: text(row.execution_id),
		...optional('workflowId', row.workflow_id, text),
		...optional('workflowName', row.workflow_name, text),
		startedAt: Number(row.started_at),
		...optional('finishedAt', row.finished_at, Number),
		leaseUntil: Number(row.lease_until),
		...optional('sourceCount', row.source_count, Number),
		...optional('planId', row.plan_id, text),
		...optional('counts', row.counts, (value) => json<NonNullable<Run['counts']>>(value)),
		...optional('message', row.message, text),
	};
}

export function linkOfRow(row: Row): Link {
	return {
		pairing: pairingOfRow(row),
		sourceId: text(row.source_id),
		recordId: text(row.record_id),
		rule: text(row.rule),
		linkedAt: Number(row.linked_at),
		lastWritten: json(row.last_written),
		...optional('notKept', row.not_kept, (value) => json<NonNullable<Link['notKept']>>(value)),
	};
}

export function changeOfRow(row: Row): RecordedChange {
	return {
		changeId: text(row.change_id),
		runId: text(row.run_id),
		planId: text(row.plan_id),
		pairing: pairingOfRow(row),
		action: text(row.action) as ChangeAction,
		sourceId: text(row.source_id),
		...optional('recordId', row.record_id, text),
		label: text(row.label),
		fields: json<FieldChange[]>(row.fields),
		...optional('written', row.written, (value) => json<Link['lastWritten']>(value)),
		state: text(row.state) as ChangeState,
		...optional('message', row.message, text),
		intendedAt: Number(row.intended_at),
		...optional('settledAt', row.settled_at, Number),
	};
}

export function planOfRow(row: Row): RecordedPlan {
	return {
		planId: text(row.plan_id),
		pairing: pairingOfRow(row),
		mode: text(row.mode) as PlanMode,
		verdict: text(row.verdict) as RecordedPlan['verdict'],
		counts: json<PlanCounts>(row.counts),
		reasons: json<string[]>(row.reasons),
		firstSeenAt: Number(row.first_seen_at),
		...optional('consumedAt', row.consumed_at, Number),
	};
}

export function pairingRecordOfRow(row: Row): PairingRecord {
	return {
		...pairingOfRow(row),
		...optional('tenantName', row.tenant_name, text),
		tenantDomains: json<string[]>(row.tenant_domains),
		...optional('customerName', row.customer_name, text),
		...(Number(row.tentative) === 1 ? { tentative: true as const } : {}),
		pairedAt: Number(row.paired_at),
	};
}

function text(value: unknown): string {
	return String(value);
}

function json<T>(value: unknown): T {
	return JSON.parse(text(value)) as T;
}

function optional<K extends string, V>(key: K, value: unknown, convert: (value: unknown) => V): { [key in K]?: V } {
	return value === null || value === undefined ? {} : ({ [key]: convert(value) } as { [key in K]?: V });
}
