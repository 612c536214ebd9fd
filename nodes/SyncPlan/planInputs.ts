import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Ledger, Run } from '../../sync/ledger/ledger';
import type { PlanMode } from '../../sync/model/change';
import type { EmptyList } from '../../sync/model/emptyList';
import { describePairing, type Pairing } from '../../sync/model/pairing';
import type { Plan } from '../../sync/model/plan';
import { SyncError } from '../../sync/model/syncError';
import { decisionOn } from '../../sync/plan/allowance';
import { buildPlan } from '../../sync/plan/buildPlan';
import { headline, reportHtml, reportMarkdown } from '../../sync/plan/report';
import { readMatches } from '../../sync/plan/matchList';
import { isOfPeople, targetDefinition } from '../../sync/target';
import { openLedger } from '../connect/ledger';
import { executionIdOf } from '../executionId';
import { readSettings } from './readSettings';

/** Plans what arrived; gives changes, held, and the one-item summary. */
export async function planInputs(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { pairing, matches, incremental } = readMatches(context.getInputData().map(({ json }) => json));
	const definition = targetDefinition(context.getNodeParameter('target', 0) as string);
	if (pairing.target !== definition.name) {
		throw new SyncError(`The matches belong to the target "${pairing.target}", but this plan is for ${definition.title}.`, {
			class: 'input',
			code: 'plan.otherTarget',
			remedy: 'Choose the right Target in this node, or read the records from the right system.',
		});
	}
	const mode = readMode(context);
	const settings = readSettings(context, definition);
	const ledger = await openLedger(context);
	const executionId = executionIdOf(context);
	const run = await ledger.runOfExecution(executionId, pairing);
	if (!run && mode === 'apply') throw noRun(pairing);

	const allowed = (context.getNodeParameter('allowPlanId', 0, '') as string).trim();
	const [names] = await ledger.listPairings(pairing);
	const plan = await buildPlan({
		pairing,
		matches,
		definition,
		settings,
		mode,
		incremental,
		lastGoodCount: (await ledger.lastGoodRun(pairing, run?.workflowId ?? context.getWorkflow().id))?.sourceCount,
		tenantDomains: names?.tenantDomains,
		knownInvitations: definition.invitation ? await ledger.invitations(pairing) : [],
		decision: async (idOfUse) => await decisionOn(ledger, idOfUse, allowed, Date.now()),
	});
	await remember(ledger, run, plan);
	if (run && mode === 'apply' && isOfPeople(definition.name)) await ledger.standOpen(executionId, pairing.tenantId, heldSources(plan));

	const { nouns } = definition;
	const reportNames = { targetTitle: definition.title, nouns, tenantName: names?.tenantName, customerName: names?.customerName };
	const unusedAllowance = allowed !== '' && plan.verdict === 'held';
	const summary: IDataObject = {
		kind: 'planSummary',
		planId: plan.planId,
		mode,
		listMode: plan.listMode,
		verdict: plan.verdict,
		headline: headline(plan, nouns),
		...(unusedAllowance ? { note: whyNotAllowed(allowed, plan.planId) } : {}),
		counts: plan.counts as unknown as IDataObject,
		brakes: plan.brakes as unknown as IDataObject[],
		skipped: plan.skipped as unknown as IDataObject[],
		pairing: pairing as unknown as IDataObject,
		targetTitle: definition.title,
		...(names?.tenantName ? { tenantName: names.tenantName } : {}),
		...(names?.customerName ? { customerName: names.customerName } : {}),
		markdown: reportMarkdown(plan, reportNames),
		html: reportHtml(plan, reportNames),
	};
	return [toItems(plan.changes.length > 0 ? plan.changes : [noChanges(plan)]), toItems(plan.held), toItems([summary])];
}

async function remember(ledger: Ledger, run: Run | undefined, plan: Plan): Promise<void> {
	const { planId, pairing, mode, listMode, verdict, counts, brakes } = plan;
	await ledger.savePlan({ planId, pairing, mode, verdict, counts, reasons: brakes.filter(({ tripped }) => tripped).map(({ text }) => text) });
	// Who changed says nothing about how many there are.
	if (run) await ledger.notePlan(run.runId, planId, listMode === 'reconcile' ? counts.sources : undefined, counts);
}

/** Nothing is done for them in this run: the cursor that brought their changes must not leave them behind. */
function heldSources({ held, skipped }: Plan): string[] {
	return [...new Set([...held, ...skipped.filter(({ waits }) => waits)].flatMap(({ sourceId }) => sourceId ?? []))];
}

/** So that Apply and Run Finish, which hang behind this output, run even when there is nothing to do. */
function noChanges({ planId, mode, pairing, verdict }: Plan): EmptyList {
	const note = verdict === 'held' ? 'The plan is held; nothing may be written.' : 'Nothing has to change.';
	return { kind: 'emptyList', list: 'changes', note, planId, mode, ...pairing };
}

function toItems(list: readonly object[]): INodeExecutionData[] {
	// A plan is made from the whole list of matches, so no item belongs to one of them alone.
	return list.map((json) => ({ json: json as IDataObject, pairedItem: { item: 0 } }));
}

function readMode(context: IExecuteFunctions): PlanMode {
	const mode = context.getNodeParameter('mode', 0) as unknown;
	if (mode === 'apply' || mode === 'preview') return mode;
	throw new SyncError(`Mode is "${String(mode)}", which is neither "preview" nor "apply".`, {
		class: 'input',
		code: 'plan.unknownMode',
		remedy: 'Correct the expression in Mode. Nothing was planned or written.',
	});
}

function whyNotAllowed(allowed: string, planId: string): string {
	if (allowed === planId) return `The plan ${planId} was held more than 24 hours ago, or was never held before: look at it again; from now on it can be allowed for 24 hours.`;
	if (planId.startsWith(`${allowed}-`)) return `The plan ${allowed} was allowed and used before. To carry the same changes out again, allow ${planId}.`;
	return `The allowed plan ${allowed} is another one than this plan ${planId}: what it was made from has changed since.`;
}

function noRun(pairing: Pairing): SyncError {
	return new SyncError(`No run is in progress for ${describePairing(pairing)}.`, {
		class: 'ledger',
		code: 'ledger.noRun',
		remedy:
			'Put Sync Ledger → Run → Start before the nodes that read, in this same workflow and with this tenant and customer, so that two runs can never write at once. After a failure execute the whole workflow again, not from the middle.',
	});
}
