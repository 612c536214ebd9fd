import type { INodeExecutionData } from 'n8n-workflow';
import type { ChangeOutcome } from '../../../../sync/model/change';
import { isEmptyList } from '../../../../sync/model/emptyList';
import { describePairing, pairingKey, type Pairing } from '../../../../sync/model/pairing';
import { wrongParameter } from '../pairingParameters';

/** Lists that come out of Sync Plan and of the node that applies. */
const PLAN_LISTS: readonly string[] = ['changes', 'outcomes'];

/** What arrived at the end of a run. */
export interface Arrived {
	/** The pairing that the items name; undefined when none names one. */
	pairing?: Pairing;
	outcomes: ChangeOutcome[];
	/** Messages of items that carry an error. */
	errors: string[];
	/** True when an item shows that the plan came this far: an outcome, or the marker of an empty list. */
	fromPlan: boolean;
}

/** Sorts the items that a run ends with: outcomes, markers of empty lists, error items, anything. */
export function readArrived(items: readonly INodeExecutionData[]): Arrived {
	const arrived: Arrived = { outcomes: [], errors: [], fromPlan: false };
	for (const item of items) {
		const error = errorOf(item);
		if (error !== undefined) arrived.errors.push(error);
		const { kind } = item.json;
		if (kind === 'outcome') arrived.outcomes.push(item.json as unknown as ChangeOutcome);
		if (kind === 'outcome' || (isEmptyList(item.json) && PLAN_LISTS.includes(item.json.list))) arrived.fromPlan = true;
		const pairing = pairingOf(item.json);
		if (!pairing) continue;
		if (arrived.pairing && pairingKey(arrived.pairing) !== pairingKey(pairing)) {
			throw wrongParameter(
				`The outcomes of ${describePairing(arrived.pairing)} and of ${describePairing(pairing)} arrived together.`,
				'One run belongs to one tenant and one customer. Give each its own Run → Finish, for example in a sub-workflow.',
			);
		}
		arrived.pairing ??= pairing;
	}
	return arrived;
}

/** The message of an item that n8n or a node marked as failed: the item's own error, or `error` in its data. */
export function errorOf(item: INodeExecutionData): string | undefined {
	const error: unknown = item.error ?? item.json.error;
	if (error === undefined || error === null || error === '' || error === false) return undefined;
	if (typeof error === 'string') return error;
	// n8n keeps only the message in the item's data; what to do stands in the description of the error itself.
	const { message, description } = error as { message?: unknown; description?: unknown };
	const told = [message, description].filter((part) => typeof part === 'string' && part !== '');
	return told.length > 0 ? told.join(' ') : 'A node before this one failed.';
}

function pairingOf(json: INodeExecutionData['json']): Pairing | undefined {
	const source = (typeof json.pairing === 'object' && json.pairing !== null ? json.pairing : json) as Partial<Pairing>;
	const { tenantId, target, account, customerId } = source;
	const parts = [tenantId, target, account, customerId];
	if (parts.some((part) => typeof part !== 'string' || part.trim() === '')) return undefined;
	return { tenantId, target, account, customerId } as Pairing;
}
