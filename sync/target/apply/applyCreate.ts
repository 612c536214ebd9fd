import type { Change } from '../../model/change';
import { SyncError } from '../../model/syncError';
import { recordValue, type TargetRecord } from '../../model/targetRecord';
import type { Done } from './applyInOrder';
import { LostReply } from './lostReply';
import { announce, attempt, failed, rememberDone, requestOf, stopping, unknown, type ApplyContext } from './applyContext';
import { applyInvitation } from './applyInvitation';
import { doingTo, heldBy, missing, notStoredSentence, writtenOf } from './applyFields';

/** A request that was cut off is given this long to take effect before its traces are looked for. */
const SETTLING_MILLISECONDS = 3_000;
/** How much older than its intent a record may look: clocks differ, and moments may be whole seconds. */
const CLOCK_TOLERANCE = 300_000;

/**
 * Creates a record. When the reply is lost, the customer's records are read again and the one that was created
 * is adopted; only when there is none is it sent once more, and never while the first may still be under way. A target
 * that knows what it gets twice is sent it again before anybody looks.
 */
export async function applyCreate(context: ApplyContext): Promise<Done> {
	const { store, change, call } = context;
	const { title, nouns } = store.definition;
	const changeId = await announce(context);
	const intendedAt = store.clock.now();

	for (let sent = 1; ; sent++) {
		const created = await attempt(context, async () => await store.create(heldBy(change), requestOf(context, 'create')));
		if (!(created instanceof SyncError)) return await finish(context, changeId, created, 'applied');
		const open = async (error: SyncError) =>
			await unknown(context, changeId, error, `It is not known whether the ${nouns.record} "${change.label}" was created; the next run looks before it creates it.`, error instanceof LostReply && error.class === 'unavailable' ? 'answers' : 'fails');
		// Refused the second time: that says nothing about the first.
		if (!(created instanceof LostReply)) return sent > 1 && store.deduplicates ? await open(created) : await failed(context, changeId, created);

		await store.wait(SETTLING_MILLISECONDS, call);
		if (store.deduplicates && sent === 1) continue;
		if (!store.list) return await open(created);
		const { list } = store;
		const records = await attempt(context, async () => await list(change.pairing, call, change));
		if (records instanceof SyncError) {
			return await unknown(context, changeId, records, `The reply to creating "${change.label}" was lost, and ${title} could not be asked whether it arrived; the next run looks first.`, 'fails');
		}
		const found = await traces(context, records, intendedAt);
		if (found.adoptable) return await finish(context, changeId, found.adoptable, 'adopted');
		if (found.doubtful) return await unknown(context, changeId, found.doubtful, '', 'answers');
		if (sent > 1 || created.mayStillArrive) {
			return await open(created);
		}
	}
}

/** The record is there: stores what the create left out, and remembers it. */
async function finish(context: ApplyContext, changeId: string, record: TargetRecord, outcome: 'applied' | 'adopted'): Promise<Done> {
	const { store, change, call } = context;
	const { definition } = store;
	const fields = heldBy(change);
	let stored = record;
	let trouble: SyncError | undefined;
	const supplement = missing(record, fields, definition).filter((field) => store.storedLater?.(field));
	if (supplement.length > 0) {
		const doing = doingTo('complete', { ...change, recordId: record.id }, definition);
		const updated = await attempt(context, async () => await store.update(record, supplement, { change, call, doing }));
		if (updated instanceof SyncError) trouble = updated;
		else stored = updated;
	}
	const notStored = missing(stored, fields, definition);
	const how = outcome === 'applied' ? 'Created.' : `The reply was lost, but the ${definition.nouns.record} had been created; it was adopted.`;
	const message = trouble ? `${how} Not everything could be added; the next run does. ${trouble.message}` : `${how}${notStoredSentence(store, notStored)}`;
	const invited = await applyInvitation(context, stored);
	const done = await rememberDone(
		context,
		changeId,
		{ recordId: record.id, written: { ...writtenOf(fields, notStored), ...invited.written }, notStored: trouble ? [] : notStored, rule: outcome === 'applied' ? 'created' : 'openIntent' },
		{ outcome: invited.failed ? 'failed' : outcome, message: message + invited.message, notStored: notStored.map(({ field }) => field), ...invited.failed },
	);
	return trouble ? { ...done, stop: stopping(trouble) } : done;
}

/**
 * Looks for the record that a lost create made: it holds what was sent, belongs to nothing yet, and is not older than
 * the intent. Anything else that looks like it would make a second one a duplicate, so that somebody decides.
 */
async function traces(
	{ ledger, change, store }: ApplyContext,
	records: TargetRecord[],
	intendedAt: number,
): Promise<{ adoptable?: TargetRecord; doubtful?: SyncError }> {
	const { definition } = store;
	const { sourceIdField } = definition;
	const known = [...definition.adoptBy, definition.nameField].map((name) => change.fields.find(({ field }) => field === name)).find((field) => field?.after);
	const alike = records.filter((record) =>
		sourceIdField !== undefined ? recordValue(record, sourceIdField) === change.sourceId : known !== undefined && missing(record, [known], definition).length === 0,
	);
	if (alike.length === 0) return {};
	const linked = new Set((await ledger.links(change.pairing)).map(({ recordId }) => recordId));
	const [only] = alike;
	const ours =
		alike.length === 1 &&
		!linked.has(only.id) &&
		// One that names its source needs no further proof.
		(sourceIdField !== undefined || (!isOlder(only, intendedAt) && missing(only, heldBy(change), definition).every((field) => store.storedLater?.(field))));
	if (ours) return { adoptable: only };
	return { doubtful: doubt(store, change, alike, known?.label ?? definition.nouns.source) };
}

function isOlder({ createdAt }: TargetRecord, intendedAt: number): boolean {
	return typeof createdAt === 'string' && Date.parse(createdAt) < intendedAt - CLOCK_TOLERANCE;
}

function doubt({ definition, failures }: ApplyContext['store'], change: Change, alike: TargetRecord[], label: string): SyncError {
	const { nouns, title } = definition;
	const ids = alike.map(({ id }) => id).join(', ');
	return new SyncError(
		`The reply to creating "${change.label}" was lost, and which ${nouns.record} it made can't be told: ${alike.length === 1 ? `${nouns.record} ${ids} has` : `${nouns.records} ${ids} have`} the same ${label.toLowerCase()}.`,
		{
			class: 'refused',
			code: `${failures}doubtful`,
			remedy: `Look at these ${nouns.records} in ${title} and delete or merge the superfluous ones; the next run matches the one that remains.`,
		},
	);
}
