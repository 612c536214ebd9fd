import type { Link, RecordedChange, Run } from '../ledger/ledger';
import type { Change, FieldChange, PlanMode } from '../model/change';
import { planIdOf } from '../model/planId';
import type { PlanCounts, Skipped } from '../model/plan';
import type { TargetDefinition } from '../model/targetDefinition';

/** The changes that put back what a run changed, and what can't be put back. */
export interface UndoPlan {
	planId: string;
	/** Newest first: the reverse of the order in which the run made them. */
	changes: Change[];
	skipped: Skipped[];
	counts: PlanCounts;
}

type Draft = Omit<Change, 'kind' | 'planId' | 'mode' | 'pairing' | 'sourceId' | 'label'>;

/**
 * Plans the undoing of a run. Whether the target still holds what the run wrote is not judged here but when each
 * change is applied (`verifyBefore`), so a record that anybody changed since then is left alone.
 *
 * - an update or deactivation is written back field by field, with what was there before
 * - a create is deleted, unless anything was added to the record since; a target that cannot delete keeps it, and the link
 * - a delete is created again, where the ledger kept the old values; it gets a new id in the target
 * - a link that the run made is forgotten, also where the run wrote fields along with it: a wrong match is the
 *   usual reason for undoing. Links that were there before stay.
 *
 * @param run the run to undo; it must have ended
 * @param recorded its changes, in the order in which they were made
 * @param links the present links of its pairing
 * @param definition of its target
 */
export function planUndo(run: Run, recorded: readonly RecordedChange[], links: readonly Link[], mode: PlanMode, definition: Pick<TargetDefinition, 'title' | 'nouns' | 'choices'>): UndoPlan {
	const linkOf = new Map(links.map((link) => [link.sourceId, link]));
	const drafts: Array<Pick<Change, 'sourceId' | 'label'> & Draft> = [];
	const skipped: Skipped[] = [];
	for (const change of recorded.filter(({ state }) => state === 'applied').reverse()) {
		const { sourceId, recordId, label } = change;
		const draft = invert(change, madeHere(change, linkOf.get(sourceId)), definition);
		if (isMailed(change)) skipped.push({ label, sourceId, recordId, code: 'notUndone', reason: 'An invitation was mailed, which can\'t be taken back, and is never sent again.' });
		if (draft === undefined) continue;
		if (typeof draft === 'string') skipped.push({ label, sourceId, recordId, code: 'notUndone', reason: draft });
		else drafts.push({ sourceId, label, ...draft });
	}
	const planId = planIdOf('undo', run.pairing, drafts);
	return {
		planId,
		changes: drafts.map((draft) => ({ kind: 'change', planId, mode, pairing: run.pairing, ...draft })),
		skipped,
		counts: count(drafts, skipped),
	};
}

/** @returns the opposite of a change, or why there is none; undefined: it was only what can't be undone */
function invert(change: RecordedChange, linkMade: boolean, { title, nouns, choices }: Pick<TargetDefinition, 'title' | 'nouns' | 'choices'>): Draft | string | undefined {
	const { recordId } = change;
	const unlink = linkMade ? { unlink: true } : {};
	switch (change.action) {
		case 'create': {
			if (!choices.orphaned.includes('delete')) return `${title} has no request that deletes this ${nouns.record}, so it stays, and stays linked. Delete it in ${title} by hand, then forget the link with Sync Ledger → Link → Forget.`;
			if (recordId === undefined) return 'The ledger no longer knows the record that was created; the person was erased.';
			const fields = stored(change).map(({ field, label, after }) => ({ field, label, before: after, after: null }));
			return { action: 'delete', recordId, fields, reason: 'Undoes a create.', verifyBefore: true, unlink: true };
		}
		case 'update':
		case 'deactivate': {
			const fields = stored(change).map(({ field, label, before, after }) => ({ field, label, before: after, after: before ?? null }));
			if (recordId !== undefined && fields.length === 0 && change.fields.some(({ once }) => once)) {
				return linkMade ? { action: 'link', recordId, fields: [], reason: 'Forgets a link; nothing is written to the target.', ...unlink } : undefined;
			}
			if (recordId === undefined || fields.length === 0) return 'The ledger no longer knows what was overwritten; the person was erased.';
			const what = change.action === 'update' ? 'an update' : 'a deactivation';
			return { action: 'update', recordId, fields, reason: `Undoes ${what}${linkMade ? ', and forgets the link that was made with it' : ''}.`, verifyBefore: true, ...unlink };
		}
		case 'link':
			if (!linkMade) return 'The link that was made is already gone, or has been replaced since.';
			return { action: 'link', recordId, fields: [], reason: 'Forgets a link; nothing is written to the target.', ...unlink };
		case 'delete': {
			const fields = change.fields.filter(({ before }) => before !== undefined && before !== null && before !== '');
			if (fields.length === 0) return 'The deleted record can\'t be created again: the ledger does not know what it held.';
			return { action: 'create', fields: fields.map(({ field, label, before }) => ({ field, label, after: before! })), reason: 'Creates a deleted record again, with what the ledger kept of it.' };
		}
	}
}

/** The fields that the target stored as sent; the others can't be told from somebody else's values. What is done once is no field. */
function stored({ fields, written }: RecordedChange): FieldChange[] {
	return fields.filter(({ field, once }) => !once && (!written || field in written));
}

function isMailed({ fields, written }: RecordedChange): boolean {
	return fields.some(({ field, once }) => once && written !== undefined && field in written);
}

/** A link is written in the same step as its change, so both carry the same moment; later changes keep it. */
function madeHere(change: RecordedChange, link: Link | undefined): boolean {
	return link !== undefined && link.recordId === change.recordId && link.linkedAt === change.settledAt;
}

function count(drafts: readonly Draft[], skipped: readonly Skipped[]): PlanCounts {
	const of = (action: Change['action']) => drafts.filter((draft) => draft.action === action).length;
	return {
		sources: 0,
		records: 0,
		create: of('create'),
		update: of('update'),
		link: of('link'),
		deactivate: 0,
		delete: of('delete'),
		unchanged: 0,
		skipped: skipped.length,
		held: 0,
		unmanaged: 0,
	};
}
