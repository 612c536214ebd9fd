import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ChangeOutcome } from '../sync/model/change';
import type { EmptyList } from '../sync/model/emptyList';
import { describePairing } from '../sync/model/pairing';
import { SyncError } from '../sync/model/syncError';
import type { TargetDefinition } from '../sync/model/targetDefinition';
import { applyChanges, requireAccount } from '../sync/target/apply/applyChanges';
import { refusalOfInvitations } from '../sync/target/apply/applyInvitation';
import { previewChanges } from '../sync/target/apply/previewChanges';
import { readChanges, type ArrivedPlan } from '../sync/target/apply/readChanges';
import type { RecordStore } from '../sync/target/recordStore';
import { openLedger } from './connect/ledger';
import { executionIdOf } from './executionId';
import type { Operation } from './operation';

export interface ApplyPlanOptions {
	definition: Pick<TargetDefinition, 'nouns'>;
	/** The store for the node's credential and parameters, and for what arrived. */
	connect(context: IExecuteFunctions, plan: ArrivedPlan): Promise<RecordStore>;
	/** Further parameters of this kind of records. */
	properties?: INodeProperties[];
}

/** Apply Plan for one kind of records of a target: the same in every node, whatever the records are. */
export function applyPlanOperation({ definition: { nouns }, connect, properties = [] }: ApplyPlanOptions): Operation {
	return {
		value: 'applyPlan',
		name: 'Apply Plan',
		action: `Apply a plan to ${nouns.records}`,
		description: 'Carry out the changes of a Sync Plan node. In preview mode nothing is written.',
		properties: [
			{
				displayName:
					'Connect the first output (Changes) of Sync Plan. Writes only in a run that Sync Ledger → Run → Start began in this execution, and only what the plan allows. Each outcome is one item.',
				name: 'applyNotice',
				type: 'notice',
				default: '',
			},
			...properties,
		],
		async allItems() {
			const plan = readChanges(this.getInputData().map(({ json }) => json));
			const outcomes = await carryOut(this, plan, connect);
			if (outcomes.length === 0) return [[{ json: noOutcomes(plan) as unknown as IDataObject, pairedItem: { item: 0 } }]];
			hintAtFailures(this, outcomes);
			// One outcome per change, in the same order.
			return [outcomes.map((outcome, item): INodeExecutionData => ({ json: outcome as unknown as IDataObject, pairedItem: { item } }))];
		},
	};
}

async function carryOut(context: IExecuteFunctions, plan: ArrivedPlan, connect: ApplyPlanOptions['connect']): Promise<ChangeOutcome[]> {
	const store = await connect(context, plan);
	requireAccount(store, plan.pairing);
	if (plan.changes.length === 0) return [];
	if (plan.mode === 'preview') {
		hintAtInvitations(context, store, plan);
		return await previewChanges(plan.changes, store, { signal: context.getExecutionCancelSignal() });
	}
	const ledger = await openLedger(context);
	const run = await ledger.runOfExecution(executionIdOf(context), plan.pairing);
	if (!run) {
		throw new SyncError(`No run is in progress for ${describePairing(plan.pairing)}. Nothing was written.`, {
			class: 'ledger',
			code: 'ledger.noRun',
			remedy:
				'Put Sync Ledger → Run → Start at the beginning of this workflow, with this tenant, target and customer, and choose the same Sync Ledger credential here. After a failure execute the whole workflow again, not from the middle.',
		});
	}
	return await applyChanges({ store, ledger, run, changes: plan.changes, signal: context.getExecutionCancelSignal() });
}

/** So that Run → Finish, which hangs behind this node, runs even when there was nothing to do. */
function noOutcomes({ planId, mode, pairing }: ArrivedPlan): EmptyList {
	return { kind: 'emptyList', list: 'outcomes', note: 'There was nothing to carry out.', planId, mode, ...pairing };
}

/** The preview of a plan that would be refused says so. */
function hintAtInvitations(context: IExecuteFunctions, store: RecordStore, { changes }: ArrivedPlan): void {
	const refusal = refusalOfInvitations(store, changes);
	if (refusal) context.addExecutionHints({ message: `In Apply mode this plan would be refused: ${refusal.message} ${refusal.remedy}`, type: 'warning', location: 'outputPane' });
}

function hintAtFailures(context: IExecuteFunctions, outcomes: readonly ChangeOutcome[]): void {
	const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
	if (failed === 0) return;
	context.addExecutionHints({
		message: `${failed} of ${outcomes.length} changes failed; each says why in "message". The next run tries them again.`,
		type: 'warning',
		location: 'outputPane',
	});
}
