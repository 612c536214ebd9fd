import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { StoredLedger } from '../../../../sync/ledger';
import type { Run } from '../../../../sync/ledger/ledger';
import { pairingKey } from '../../../../sync/model/pairing';
import { SyncError } from '../../../../sync/model/syncError';
import { openLedger, retentionLimit } from '../../../connect/ledger';
import { executionIdOf } from '../../../executionId';
import type { Operation } from '../../../operation';
import { hint } from '../execution';
import { runItem } from '../items';
import { moveCursorsAfter } from './cursors';
import { readArrived, type Arrived } from './outcomes';
import { judgeRun, type Facts } from './summary';
import { reportTenantAfter } from './tenantResult';

export const finishRun: Operation = {
	value: 'finish',
	name: 'Finish',
	action: 'Finish a run',
	description: 'Record how the run of this execution ended and free its lock; gives one summary item',
	properties: [
		{
			displayName: 'Result',
			name: 'result',
			type: 'options',
			options: [
				{ name: 'From the Outcomes', value: 'outcomes', description: 'Judge by the plan and by what the node that applies reports' },
				{ name: 'Failed', value: 'failed', description: 'For branches that handle errors' },
				{ name: 'Succeeded', value: 'succeeded', description: 'For runs without a plan' },
			],
			default: 'outcomes',
			description: 'The first result of a run stays; a second one is reported and changes nothing',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.error }}',
			description: 'What happened. Leave empty to take it from the items that arrive.',
			displayOptions: { show: { result: ['failed', 'succeeded'] } },
		},
	],
	async allItems() {
		const items = this.getInputData();
		const arrived = readArrived(items);
		const ledger = await openLedger(this);
		const run = await runToFinish(ledger, executionIdOf(this), arrived.pairing);
		const plan = run.planId === undefined ? undefined : await ledger.getPlan(run.planId);
		const told = toldResult(this);
		if (run.status === 'running' && !told && !plan && arrived.errors.length === 0 && !arrived.fromPlan) throw tooEarly(run);

		const finished = run.status === 'running' ? await ledger.finishRun(run.runId, judgeRun({ told, arrived, run, plan })) : run;
		const [names] = await ledger.listPairings(finished.pairing);
		const json = {
			...runItem(finished),
			kind: 'runSummary',
			seconds: Math.round(((finished.finishedAt ?? finished.startedAt) - finished.startedAt) / 1000),
			...(plan ? { mode: plan.mode } : {}),
			...(names?.tenantName ? { tenantName: names.tenantName } : {}),
			...(names?.customerName ? { customerName: names.customerName } : {}),
			...(await moveCursorsAfter(this, ledger, finished, arrived.outcomes)),
			...(run.status === 'running' ? await reportTenantAfter(this, ledger, finished, names?.tenantName) : {}),
			...(run.status === 'running' ? await prune(this, ledger) : { alreadyFinished: true }),
		};
		if (run.status !== 'running') {
			hint(this, `The run had already ended as ${finished.status}; that result stays.`);
		}
		return [[{ json: json as IDataObject, pairedItem: { item: 0 } }]];
	},
};

function toldResult(context: IExecuteFunctions): Facts['told'] {
	const result = context.getNodeParameter('result', 0) as string;
	if (result !== 'failed' && result !== 'succeeded') return undefined;
	return { status: result, message: String(context.getNodeParameter('message', 0, '') ?? '').trim() };
}

/** The running run of this execution, else the one that it ended last. */
async function runToFinish(ledger: StoredLedger, executionId: string, pairing: Arrived['pairing']): Promise<Run> {
	const runs = (await ledger.runsOfExecution(executionId)).filter((run) => !pairing || pairingKey(run.pairing) === pairingKey(pairing));
	const running = runs.filter(({ status }) => status === 'running');
	if (running.length > 1) {
		throw new SyncError('Several runs of this execution are in progress, and the items that arrived do not tell which one has ended.', {
			class: 'input',
			code: 'ledger.whichRun',
			remedy: 'Let Run → Finish follow the node that applies, whose items name tenant and customer, or handle each tenant in a sub-workflow.',
		});
	}
	const run = running[0] ?? runs[0];
	if (run) return run;
	throw new SyncError('This execution has not started a run that could be finished.', {
		class: 'ledger',
		code: 'ledger.noRun',
		remedy: 'Put Run → Start at the beginning of the workflow, with the same Sync Ledger credential, and execute the workflow as a whole: each execution of a single node is an execution of its own.',
	});
}

function tooEarly(run: Run): SyncError {
	return new SyncError(`The run ${run.runId} has no plan and no outcome yet.`, {
		class: 'ledger',
		code: 'ledger.nothingPlanned',
		remedy: 'Connect Run → Finish behind the node that applies, not to a branch of its own: n8n would execute it first. To end a run without a plan, choose Failed or Succeeded as its Result.',
	});
}

/** The run has ended well or not; that tidying up failed is told beside it and changes nothing about that. */
async function prune(context: IExecuteFunctions, ledger: StoredLedger): Promise<{ pruned?: number; warning?: string }> {
	try {
		const pruned = await ledger.prune(await retentionLimit(context, 0, Date.now()));
		return pruned > 0 ? { pruned } : {};
	} catch (error) {
		const warning = `Old runs could not be deleted: ${error instanceof Error ? error.message : String(error)}`;
		hint(context, warning);
		return { warning };
	}
}
