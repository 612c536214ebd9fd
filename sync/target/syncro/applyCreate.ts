import type { Change, FieldChange } from '../../model/change';
import { SyncError } from '../../model/syncError';
import type { Done } from '../applyInOrder';
import { LostReply } from '../lostReply';
import { announce, attempt, failed, rememberDone, stopping, unknown, type ApplyContext } from './applyContext';
import { bodyOf, doingTo, isProperty, missing, notStoredSentence, writtenOf } from './applyFields';
import { allContacts, createContact, updateContact, type SyncroContact } from './contacts';
import { syncro } from './definition';

/** A request that was cut off is given this long to take effect before its traces are looked for. */
const SETTLING_MILLISECONDS = 3_000;
/** How much older than its intent a contact may look: clocks differ, and Syncro's moments are whole seconds. */
const CLOCK_TOLERANCE = 300_000;

/**
 * Creates a contact. When the reply is lost, the customer's contacts are read again and the one that was created
 * is adopted; only when there is none is it sent once more, and never while the first may still be under way.
 */
export async function applyCreate(context: ApplyContext): Promise<Done> {
	const { client, change, call } = context;
	const { customerId } = change.pairing;
	const doing = doingTo('create', change);
	const body = bodyOf(change.fields);
	const changeId = await announce(context);
	const intendedAt = client.clock.now();

	for (let sent = 1; ; sent++) {
		const created = await attempt(async () => await createContact(client, customerId, body, call, doing));
		if (!(created instanceof SyncError)) return await finish(context, changeId, created, 'applied');
		if (!(created instanceof LostReply)) return await failed(context, changeId, created);

		await client.wait(SETTLING_MILLISECONDS, call);
		const contacts = await attempt(async () => await allContacts(client, customerId, call));
		if (contacts instanceof SyncError) {
			return await unknown(context, changeId, contacts, `The reply to creating "${change.label}" was lost, and Syncro could not be asked whether it arrived; the next run looks first.`, 'fails');
		}
		const found = await traces(context, contacts, intendedAt);
		if (found.adoptable) return await finish(context, changeId, found.adoptable, 'adopted');
		if (found.doubtful) return await unknown(context, changeId, found.doubtful, '', 'answers');
		if (sent > 1 || created.mayStillArrive) {
			return await unknown(context, changeId, created, `It is not known whether the contact "${change.label}" was created; the next run looks before it creates it.`, 'answers');
		}
	}
}

/** The contact is there: stores what the create left out, and remembers it. */
async function finish(context: ApplyContext, changeId: string, contact: SyncroContact, outcome: 'applied' | 'adopted'): Promise<Done> {
	const { client, change, call } = context;
	const { fields } = change;
	let stored = contact;
	let trouble: SyncError | undefined;
	// Whether a new contact takes properties is not documented; an update does.
	const supplement = missing(contact, fields).filter(isProperty);
	if (supplement.length > 0) {
		const name = contact.name ?? fields.find(({ field }) => field === 'name')?.after ?? change.label;
		const body = { name, ...bodyOf(supplement, contact.properties) };
		const updated = await attempt(async () => await updateContact(client, contact.id, body, call, doingTo('complete', { ...change, recordId: contact.id })));
		if (updated instanceof SyncError) trouble = updated;
		else stored = updated;
	}
	const notStored = missing(stored, fields);
	const how = outcome === 'applied' ? 'Created.' : 'The reply was lost, but the contact had been created; it was adopted.';
	const message = trouble ? `${how} Not everything could be added; the next run does. ${trouble.message}` : `${how}${notStoredSentence(notStored)}`;
	const done = await rememberDone(
		context,
		changeId,
		{ recordId: contact.id, written: writtenOf(fields, notStored), rule: outcome === 'applied' ? 'created' : 'openIntent' },
		{ outcome, message, notStored: notStored.map(({ field }) => field) },
	);
	return trouble ? { ...done, stop: stopping(trouble) } : done;
}

/**
 * Looks for the contact that a lost create made: it holds what was sent, is nobody's, and is not older than the
 * intent. Anything else with that address would make a second one a duplicate, so that a person decides.
 */
async function traces(
	{ ledger, change }: ApplyContext,
	contacts: SyncroContact[],
	intendedAt: number,
): Promise<{ adoptable?: SyncroContact; doubtful?: SyncError }> {
	const alike = contacts.filter((contact) => looksLike(contact, change.fields));
	if (alike.length === 0) return {};
	const linked = new Set((await ledger.links(change.pairing)).map(({ recordId }) => recordId));
	const [only] = alike;
	const ours =
		alike.length === 1 &&
		!linked.has(only.id) &&
		!isOlder(only, intendedAt) &&
		missing(only, change.fields).every(isProperty);
	if (ours) return { adoptable: only };
	return { doubtful: doubt(change, alike) };
}

function looksLike(contact: SyncroContact, fields: readonly FieldChange[]): boolean {
	const known = ['email', 'name'].map((name) => fields.find((field) => field.field === name)).find((field) => field?.after);
	return known !== undefined && missing(contact, [known]).length === 0;
}

function isOlder(contact: SyncroContact, intendedAt: number): boolean {
	const created = Date.parse(contact.createdAt ?? '');
	return created < intendedAt - CLOCK_TOLERANCE;
}

function doubt(change: Change, alike: SyncroContact[]): SyncError {
	const ids = alike.map(({ id }) => id).join(', ');
	return new SyncError(
		`The reply to creating "${change.label}" was lost, and which contact it made can't be told: ${alike.length === 1 ? `contact ${ids} has` : `contacts ${ids} have`} the same ${syncro.field('email')!.label.toLowerCase()} or name.`,
		{
			class: 'refused',
			code: 'syncro.doubtful',
			remedy: 'Look at these contacts in Syncro and delete or merge the superfluous ones; the next run matches the one that remains.',
		},
	);
}
