import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { EmptyList } from '../../../sync/model/emptyList';
import type { DirectoryRecord } from '../../../sync/model/sourceChange';
import { SyncError } from '../../../sync/model/syncError';
import { fingerprintOf, readChanges } from '../../../sync/source/graph/delta/readChanges';
import type { DeltaSource } from '../../../sync/source/graph/delta/source';
import { connectGraph } from '../../connect/entra';
import { openLedger } from '../../connect/ledger';
import { executionIdOf } from '../../executionId';
import { tenantOfItem } from './tenant';

/**
 * What an operation that reads changes says of itself.
 *
 * @param moved what moves its cursor, for example `Sync Ledger → Run → Finish`
 */
export function changesNotice(moved: string): INodeProperties {
	return {
		displayName: `The first time everything is read ("mode": "reconcile"), after that only what changed ("mode": "incremental"). What was read counts as done when ${moved} says so, in the same execution; until then the same changes come again.`,
		name: 'changesNotice',
		type: 'notice',
		default: '',
	};
}

/** What a run carries out moves with it. */
export const MOVED_BY_RUNS = 'Sync Ledger → Run → Finish (in workflows without a run: Cursor → Move)';
/** No run carries these out. */
export const MOVED_BY_HAND = 'Sync Ledger → Cursor → Move';

/**
 * For the options of an operation that reads changes.
 *
 * @param moved as in the notice
 */
export const cursorOptions = (moved: string): INodeProperties[] => [
	{
		displayName: 'Move the Cursor',
		name: 'moveCursor',
		type: 'options',
		options: [
			{ name: 'At Once', value: 'atOnce', description: 'Changes are lost if the workflow fails after this node' },
			{ name: 'When They Are Carried Out', value: 'finish', description: `By ${moved}` },
		],
		default: 'finish',
		description: 'When the changes that this node gives count as done',
	},
	{
		displayName: 'Sync Name',
		name: 'syncName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Contacts to Syncro',
		description:
			'Whose place in the changes this is. Each name has its own, and begins with everything. Empty: the workflow and this node, so that a renamed node begins anew.',
	},
];

interface ChangesToRead<T extends DirectoryRecord> {
	source: DeltaSource<T>;
	properties: readonly string[];
	/** For the marker of an empty list. */
	list: EmptyList['list'];
}

/**
 * Reads what changed since the cursor of this tenant, property list and sync, and notes in the ledger how far that was.
 *
 * @returns the records, or the marker that says in which mode the list was read and that it is empty
 */
export async function changesOfItem<T extends DirectoryRecord>(context: IExecuteFunctions, itemIndex: number, { source, properties, list }: ChangesToRead<T>): Promise<object[]> {
	const { client, tenantId } = await connectGraph(context, itemIndex, tenantOfItem(context, itemIndex));
	const ledger = await openLedger(context, itemIndex);
	const executionId = executionIdOf(context);
	const key = { tenantId, resource: source.resource, properties: fingerprintOf(client, source, properties), syncName: syncName(context, itemIndex) };
	const cursor = await ledger.knownCursor(key);
	const { changes, mode, startedOver, link, softDeleted, noLongerSoftDeleted } = await readChanges(client, source, properties, cursor);
	await ledger.proposeCursor({ ...key, executionId, link, from: cursor?.link, softDeleted, noLongerSoftDeleted });
	if (movesAtOnce(context, itemIndex)) await ledger.moveCursors(executionId, key);
	if (startedOver) {
		context.addExecutionHints({
			message: `Microsoft 365 no longer tells what changed in tenant ${tenantId} since the last time (after about seven days it forgets). Everything was read instead; compare it as usual.`,
			type: 'info',
			location: 'outputPane',
		});
	}
	if (changes.length > 0) return changes;
	const note = mode === 'incremental' ? 'Nothing has changed since the last time.' : 'The tenant was read to the end, and nothing in it passes the filters.';
	const marker: EmptyList = { kind: 'emptyList', list, tenantId, mode, note };
	return [marker];
}

function syncName(context: IExecuteFunctions, itemIndex: number): string {
	const name = String(context.getNodeParameter('options.syncName', itemIndex, '') ?? '').trim();
	return name === '' ? `${context.getWorkflow().id ?? ''}/${context.getNode().name}` : name;
}

function movesAtOnce(context: IExecuteFunctions, itemIndex: number): boolean {
	const move = context.getNodeParameter('options.moveCursor', itemIndex, 'finish') as unknown;
	if (move === 'atOnce' || move === 'finish') return move === 'atOnce';
	throw new SyncError(`Move the Cursor is "${String(move)}", which is neither "finish" nor "atOnce".`, {
		class: 'input',
		code: 'changes.moveCursor',
		remedy: 'Correct the expression in Move the Cursor.',
	});
}
