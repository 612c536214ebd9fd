import type { Change } from '../../model/change';
import { describePairing, pairingKey } from '../../model/pairing';
import { isPlanOf } from '../../model/planId';
import { SyncError } from '../../model/syncError';
import type { ApplyRun, RunLedger } from './runLedger';

/**
 * Nothing is written to a target unless this passes: the changes are one plan, of the run's own pairing, that the
 * ledger knows as safe or as allowed by a person. An allowance is used up here.
 *
 * @throws SyncError class `input` for changes that do not belong together, class `ledger` for a plan that may not be carried out
 */
export async function authorisePlan(ledger: RunLedger, run: ApplyRun, changes: readonly Change[]): Promise<void> {
	const { planId } = changes[0];
	for (const change of changes) {
		if (change.planId !== planId) {
			throw input('mixedPlans', `The changes of two plans (${planId} and ${change.planId}) arrived together.`, 'Wire one Sync Plan node to the node that applies, and run one tenant at a time.');
		}
		if (pairingKey(change.pairing) !== pairingKey(run.pairing)) {
			throw input(
				'otherPairing',
				`A change of ${describePairing(change.pairing)} arrived in the run ${run.runId} of ${describePairing(run.pairing)}.`,
				'One run works on one tenant and one customer. Give each its own Run → Start, for example in a sub-workflow.',
			);
		}
		if (change.mode !== 'apply') {
			throw input('mixedModes', `The plan ${planId} was made as a preview in part.`, 'Set one Mode for the whole Sync Plan node.');
		}
	}
	if (run.planId !== planId) {
		throw refusal('otherPlan', `The plan ${planId} was not made in this run${run.planId === undefined ? '' : `, whose plan is ${run.planId}`}.`, 'Apply what Sync Plan gives in the same execution; pinned or pasted plans are not carried out.');
	}
	if (!isPlanOf(planId, run.pairing, changes)) {
		throw input(
			'alteredPlan',
			`The changes that arrived are not those of the plan ${planId}: something in between left out, doubled or altered items.`,
			'Connect the Changes output of Sync Plan directly to this node. What must not be changed is left out before the plan, for example by the filters of the read.',
		);
	}
	const plan = await ledger.getPlan(planId);
	if (!plan || pairingKey(plan.pairing) !== pairingKey(run.pairing)) {
		throw refusal('unknownPlan', `The ledger knows no plan ${planId} of this tenant and customer.`, 'Apply what Sync Plan gives in the same execution, with the same Sync Ledger credential in both nodes.');
	}
	if (plan.mode !== 'apply') {
		throw refusal('previewPlan', `The plan ${planId} is a preview.`, 'Set Mode to Apply in the Sync Plan node.');
	}
	if (plan.verdict === 'held') {
		throw refusal('planHeld', `The plan ${planId} is held: a person must decide on it.`, `Read its report; to carry it out, put ${planId} into "Allow Held Plan" of the Sync Plan node within 24 hours.`);
	}
	if (plan.verdict === 'allowed') await ledger.consumePlan(planId);
}

function input(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: `apply.${code}`, remedy });
}

function refusal(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'ledger', code: `apply.${code}`, remedy });
}
