import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../../../../sync/ledger/ledger';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { describePairing } from '../../../../sync/model/pairing';
import { SyncError } from '../../../../sync/model/syncError';
import { planUndo } from '../../../../sync/plan/undo';
import { targetDefinition } from '../../../../sync/target';
import { openLedger } from '../../../connect/ledger';
import { executionIdOf } from '../../../executionId';
import type { Operation } from '../../../operation';
import { hint } from '../execution';
import { required } from '../pairingParameters';

export const undoRun: Operation = {
	value: 'undo',
	name: 'Undo',
	action: 'Plan the undoing of a run',
	description: 'Give the changes that put back what a run overwrote, for the node that applies; records that were changed since then are left alone',
	properties: [
		{
			displayName: 'Run',
			name: 'runId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchRuns', searchable: true } },
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 0d5f1c1e-3c1b-4b52-9d0a-2f6b1f0f9c11' },
			],
			description: 'The run to undo. Start a run of the same tenant and customer before this node.',
		},
		{
			displayName: 'Preview',
			name: 'preview',
			type: 'boolean',
			default: true,
			description: 'Whether to only show what would be undone',
		},
	],
	async allItems() {
		const runId = required(this.getNodeParameter('runId', 0, '', { extractValue: true }), 'Run');
		const mode = this.getNodeParameter('preview', 0) === false ? 'apply' : 'preview';
		const executionId = executionIdOf(this);
		const ledger = await openLedger(this);
		const undone = await ledger.getRun(runId);
		if (!undone) throw unknownRun(runId);
		const run = await ledger.runOfExecution(executionId, undone.pairing);
		if (!run) throw notStarted(undone);
		if (undone.status === 'running') throw stillRunning(undone, run);

		const { pairing } = undone;
		const { planId, changes, skipped, counts } = planUndo(undone, await ledger.changesOfRun(runId), await ledger.links(pairing), mode, targetDefinition(pairing.target));
		await ledger.savePlan({ planId, pairing, mode, verdict: 'ok', counts, reasons: [`Undoes the run ${runId}.`] });
		await ledger.notePlan(run.runId, planId, undefined, counts);
		if (counts.delete > 0) hint(this, deletesSentence(counts.delete, mode));
		if (skipped.length > 0) {
			const [first] = skipped;
			hint(this, `${skipped.length} of the changes of this run can't be undone, for example that of "${first.label}": ${first.reason}`);
		}
		const items: object[] = changes.length > 0 ? changes : [nothing(planId, mode, undone)];
		return [items.map((json) => ({ json: json as IDataObject, pairedItem: { item: 0 } }))];
	},
};

function deletesSentence(count: number, mode: 'preview' | 'apply'): string {
	const records = count === 1 ? '1 record that the run created' : `${count} records that the run created`;
	return `Undoing this run deletes ${records}, for good; one that anybody has changed or added to since is left alone.${mode === 'preview' ? ' Preview: nothing is deleted yet.' : ''}`;
}

function nothing(planId: string, mode: string, undone: Run): EmptyList {
	return { kind: 'emptyList', list: 'changes', note: `The run ${undone.runId} changed nothing that could be undone.`, planId, mode, ...undone.pairing };
}

function unknownRun(runId: string): SyncError {
	return new SyncError(`The ledger knows no run ${runId}.`, {
		class: 'notFound',
		code: 'ledger.unknownRun',
		remedy: 'Choose the run from the list. Runs that are older than the retention of the Sync Ledger credential are deleted and can\'t be undone.',
	});
}

function notStarted(undone: Run): SyncError {
	const { tenantId, target, account, customerId } = undone.pairing;
	return new SyncError(`This execution has not started a run of ${describePairing(undone.pairing)}, whose run is to be undone.`, {
		class: 'ledger',
		code: 'ledger.noRun',
		remedy: `Put Run → Start before this node, with tenant ID ${tenantId}, target ${target}, account ${account} and customer ID ${customerId}, and execute the workflow as a whole.`,
	});
}

function stillRunning(undone: Run, run: Run): SyncError {
	return new SyncError(
		undone.runId === run.runId ? 'The run to be undone is the run of this execution.' : `The run ${undone.runId} is still in progress.`,
		{ class: 'input', code: 'ledger.stillRunning', remedy: 'Choose an earlier run that has ended.' },
	);
}
