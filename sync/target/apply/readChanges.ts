import type { Change, PlanMode } from '../../model/change';
import { isEmptyList } from '../../model/emptyList';
import { describePairing, pairingKey, type Pairing } from '../../model/pairing';
import { SyncError } from '../../model/syncError';

export interface ArrivedPlan {
	planId: string;
	mode: PlanMode;
	pairing: Pairing;
	/** In the plan's order; empty when nothing is to be done. */
	changes: Change[];
}

const ACTIONS = ['create', 'update', 'link', 'deactivate', 'delete'];

/**
 * Checks the items that arrived at a node that applies: all changes of one plan, or the marker of an empty one.
 *
 * @throws SyncError class `input`: nothing arrived, an item that is no change (it is named), several plans
 */
export function readChanges(items: readonly unknown[]): ArrivedPlan {
	if (items.length === 0) {
		throw input('nothingArrived', 'No plan arrived.', 'Connect the first output (Changes) of the Sync Plan node; it gives an item even when there is nothing to do.');
	}
	const changes: Change[] = [];
	let plan: Omit<ArrivedPlan, 'changes'> | undefined;
	items.forEach((item, index) => {
		const change = isEmptyList(item) ? undefined : changeOf(item, index);
		const own = change ?? emptyPlan(item as Record<string, unknown>, index);
		plan ??= { planId: own.planId, mode: own.mode, pairing: own.pairing };
		if (own.planId !== plan.planId || own.mode !== plan.mode || pairingKey(own.pairing) !== pairingKey(plan.pairing)) {
			throw input(
				'mixedPlans',
				`Item ${index + 1} belongs to another plan than the items before it (${own.mode} ${own.planId} of ${describePairing(own.pairing)}, not ${plan.mode} ${plan.planId} of ${describePairing(plan.pairing)}).`,
				'Wire one Sync Plan node here, and work on one tenant and customer at a time, for example with Loop Over Items and a sub-workflow.',
			);
		}
		if (change) changes.push(change);
	});
	return { ...plan!, changes };
}

function emptyPlan(item: Record<string, unknown>, index: number): Omit<ArrivedPlan, 'changes'> {
	if (item.list !== 'changes') throw noChange(index, `the marker of an empty list of ${String(item.list)}`);
	const { tenantId, target, account, customerId } = item as unknown as Pairing;
	const pairing = { tenantId, target, account, customerId };
	if (!isText(item.planId) || !isMode(item.mode) || !isPairing(pairing)) throw noChange(index, 'an incomplete marker of an empty list');
	return { planId: item.planId, mode: item.mode, pairing };
}

function changeOf(item: unknown, index: number): Change {
	const change = item as Partial<Change>;
	if (typeof item !== 'object' || item === null || change.kind !== 'change') throw noChange(index, describe(item));
	const lacks = [
		!isText(change.planId) && 'planId',
		!isMode(change.mode) && 'mode',
		!isPairing(change.pairing) && 'pairing',
		!ACTIONS.includes(change.action as string) && 'action',
		!isText(change.sourceId) && 'sourceId',
		typeof change.label !== 'string' && 'label',
		!(Array.isArray(change.fields) && change.fields.every(isField)) && 'fields',
		change.action !== 'create' && !isText(change.recordId) && 'recordId',
	].filter((name) => name !== false);
	if (lacks.length > 0) throw noChange(index, `a change without a proper ${lacks.join(', ')}`);
	return change as Change;
}

function isField(field: unknown): boolean {
	if (typeof field !== 'object' || field === null) return false;
	const { field: name, label, after, before } = field as Record<string, unknown>;
	const isValue = (value: unknown) => value === null || typeof value === 'string';
	return isText(name) && typeof label === 'string' && isValue(after) && (before === undefined || isValue(before));
}

function isPairing(pairing: unknown): pairing is Pairing {
	if (typeof pairing !== 'object' || pairing === null) return false;
	const { tenantId, target, account, customerId } = pairing as Partial<Pairing>;
	return [tenantId, target, account, customerId].every(isText);
}

function isMode(mode: unknown): mode is PlanMode {
	return mode === 'preview' || mode === 'apply';
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

/** The item in a few words: its kind, or the names of its properties; never its values, which are personal. */
function describe(item: unknown): string {
	if (typeof item !== 'object' || item === null) return String(item);
	const { kind, isArtificialRecoveredEventItem } = item as Record<string, unknown>;
	if (isArtificialRecoveredEventItem === true) return 'a stand-in that n8n made after a crash';
	if (typeof kind === 'string') return `of kind "${kind}"`;
	const names = Object.keys(item);
	return names.length === 0 ? 'empty' : `with ${names.slice(0, 5).join(', ')}`;
}

function noChange(index: number, what: string): SyncError {
	return input(
		'noChange',
		`Item ${index + 1} is not a change of a plan: it is ${what}. Nothing was written.`,
		'Connect the first output (Changes) of the Sync Plan node, unchanged, and start the workflow from its beginning.',
	);
}

function input(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: `apply.${code}`, remedy });
}
