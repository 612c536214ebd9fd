import type { Clock } from '../../../../sync/http/clock';
import type { LedgerOptions, StoredLedger } from '../../../../sync/ledger';
import type { Ledger, RecordedChange, Run } from '../../../../sync/ledger/ledger';
import type { Pairing } from '../../../../sync/model/pairing';
import type { PlanCounts } from '../../../../sync/model/plan';
import { SyncError } from '../../../../sync/model/syncError';

/** One kind of database that the tests run against. */
export interface Stores {
	name: string;
	/** Options of a new, empty ledger; another process can open them too. */
	create(): Promise<LedgerOptions>;
}

export const NOON = Date.UTC(2026, 10, 22, 12);

/** A clock that stands still until it is moved. */
export class HandClock implements Clock {
	constructor(public moment = NOON) {}
	now = () => this.moment;
	sleep = async () => undefined;
	pass(seconds: number): void {
		this.moment += seconds * 1000;
	}
}

export const CONTOSO: Pairing = { tenantId: '11111111-1111-4111-8111-111111111111', target: 'syncro', account: 'msp', customerId: '7' };
export const FABRIKAM: Pairing = { ...CONTOSO, tenantId: '22222222-2222-4222-8222-222222222222', customerId: '8' };

export const NO_COUNTS: PlanCounts = {
	sources: 0,
	records: 0,
	create: 0,
	update: 0,
	link: 0,
	deactivate: 0,
	delete: 0,
	unchanged: 0,
	skipped: 0,
	held: 0,
	unmanaged: 0,
};

export async function begin(ledger: Ledger, pairing: Pairing, executionId = '1', leaseSeconds = 900): Promise<Run> {
	return (await ledger.startRun({ pairing, executionId, leaseSeconds })).run;
}

type Intent = Parameters<Ledger['intend']>[0];

export function changeOf(run: Run, person: string, more: Partial<Intent> = {}): Intent {
	return {
		runId: run.runId,
		planId: 'plan-1',
		pairing: run.pairing,
		action: 'create',
		sourceId: person,
		label: `Person ${person}`,
		fields: [{ field: 'name', label: 'Name', after: `Person ${person}` }],
		...more,
	};
}

/** Writes a change down and remembers it as arrived. */
export async function apply(
	ledger: Ledger,
	intent: Intent,
	result: Partial<Parameters<Ledger['remember']>[1]> = {},
): Promise<string> {
	const changeId = await ledger.intend(intent);
	await ledger.remember(changeId, { rule: 'created', written: {}, ...result });
	return changeId;
}

/** The error that the ledger refuses with. */
export async function refusalOf(promise: Promise<unknown>): Promise<SyncError> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof SyncError) return error;
		throw error;
	}
	throw new Error('It was not refused.');
}

export function states(changes: RecordedChange[]): string[] {
	return changes.map((change) => `${change.action} ${change.sourceId} ${change.state}`);
}

export type Opened = StoredLedger;
