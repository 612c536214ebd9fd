import type { FieldChange } from '../model/change';
import { INVITATION, type KnownInvitation } from '../model/invitation';
import { pairingKey, type Pairing } from '../model/pairing';
import type { Skipped } from '../model/plan';
import type { SourceRecord } from '../model/sourceRecord';
import type { TargetDefinition } from '../model/targetDefinition';
import type { FieldValue, TargetRecord } from '../model/targetRecord';
import type { Draft } from './decide';
import { heldValue } from './difference';
import type { InvitationSettings } from './settings';

/** Whom a plan invites, and who was invited before. */
export interface Invitations extends InvitationSettings {
	/** Of this person, or of this address in any customer of the account. */
	known(sourceId: string, address: string): KnownInvitation | undefined;
}

/** @param known of the whole target account */
export function invitationsOf(settings: InvitationSettings, known: readonly KnownInvitation[], pairing: Pairing): Invitations {
	const own = pairingKey(pairing);
	const byAddress = new Map<string, KnownInvitation>();
	// Somebody who was renamed was invited under another address.
	const bySource = new Map<string, KnownInvitation>();
	for (const invitation of known) {
		byAddress.set(invitation.address, invitation);
		if (pairingKey(invitation.pairing) !== own) continue;
		bySource.set(invitation.sourceId, prevailing(bySource.get(invitation.sourceId), invitation)!);
	}
	return { ...settings, known: (sourceId, address) => prevailing(bySource.get(sourceId), byAddress.get(address)) };
}

/** One that was sent, or may have been, counts more than one that was refused. */
function prevailing(one: KnownInvitation | undefined, other: KnownInvitation | undefined): KnownInvitation | undefined {
	return one && one.state !== 'refused' ? one : (other ?? one);
}

export interface InvitationOfOne {
	/** The invitation, as one more field of the change; empty: none. */
	fields: FieldChange[];
	/** Why there is none, where nobody knows whether an earlier one arrived; follows the name of the person. */
	unknown?: string;
	/** Why a new record gets none, as a sentence with a space before it. */
	earlier?: string;
}

/**
 * Whether somebody is invited: once in a lifetime of their address, and never again where nobody knows whether it was
 * sent. Disabled accounts get no mail.
 *
 * @param change what else is written; `first`: the record is being made, or was by a run that was interrupted
 */
export function invitationFor(
	source: SourceRecord,
	change: { fields: readonly FieldChange[]; record?: TargetRecord; first: boolean },
	{ definition, invitations }: { definition: TargetDefinition; invitations: Invitations },
): InvitationOfOne {
	if (!definition.invitation || invitations.who === 'nobody' || source.accountEnabled === false) return { fields: [] };
	const address = addressOf(change, definition, definition.invitation.address);
	if (address === '') return { fields: [] };
	const earlier = invitations.known(source.id, address);
	if (earlier?.state === 'announced') {
		const unknown = `was to be invited on ${dayOf(earlier)}, and it is not known whether the mail was sent, so it is never sent again by itself; ask, and if it did not arrive, send it from ${definition.title}`;
		return { fields: [], unknown, earlier: ` Whether the invitation of ${dayOf(earlier)} arrived is not known, so it is not sent again; if it did not, send it from ${definition.title}.` };
	}
	if (earlier?.state === 'sent') return { fields: [], earlier: ` The address was invited on ${dayOf(earlier)}, and is not invited again; if need be, send an invitation from ${definition.title}.` };
	if (!change.first && invitations.who !== 'everybody' && !earlier) return { fields: [] };
	const { label } = definition.invitation;
	return { fields: [{ field: INVITATION, label, ...(change.record ? { before: null } : {}), after: address, once: true }] };
}

/** The address that the record will have. */
function addressOf({ fields, record }: { fields: readonly FieldChange[]; record?: TargetRecord }, definition: TargetDefinition, name: string): string {
	const written = fields.find(({ field }) => field === name);
	const value: FieldValue = written ? written.after : record ? heldValue(record, name) : null;
	return definition.normalise(definition.field(name)!, value);
}

function dayOf({ changedAt }: KnownInvitation): string {
	return new Date(changedAt).toISOString().slice(0, 10);
}

/**
 * Leaves to later runs what goes beyond the most invitations in one run: who would be created and invited waits as a
 * whole; of others, only the invitation waits. Whose invitation was refused before comes last, so that nobody has to
 * wait for them for ever.
 */
export function capInvitations(drafts: readonly Draft[], { perRun, known }: Invitations, { nouns }: Pick<TargetDefinition, 'nouns'>): { drafts: Draft[]; waiting: Skipped[] } {
	const invited = drafts.filter((draft) => invitedAddress(draft) !== undefined);
	if (invited.length <= perRun) return { drafts: [...drafts], waiting: [] };
	const order = invited.map((draft) => ({ draft, last: known(draft.sourceId, '') === undefined ? 0 : 1 })).sort((a, b) => a.last - b.last || (a.draft.sourceId < b.draft.sourceId ? -1 : 1));
	const later = new Set(order.slice(perRun).map(({ draft }) => draft));
	const waiting: Skipped[] = [];
	const now = drafts.flatMap((draft): Draft[] => {
		if (!later.has(draft)) return [draft];
		const { label, sourceId, recordId, rule } = draft;
		const fields = draft.fields.filter(({ once }) => !once);
		const limit = `at most ${perRun} are invited in one run`;
		if (draft.action === 'create' || (fields.length === 0 && rule === 'link')) {
			const what = draft.action === 'create' ? `would get a ${nouns.record} and an invitation` : 'would be invited';
			waiting.push({ label, sourceId, recordId, code: 'invitationCap', reason: `${label} ${what}, but ${limit}; a later run does it.`, waits: true });
			return [];
		}
		return [{ ...draft, action: fields.length === 0 ? 'link' : draft.action, fields, reason: `${draft.reason} The invitation waits: ${limit}.` }];
	});
	return { drafts: now, waiting };
}

/** Where a change invites somebody to; undefined: it does not. */
export function invitedAddress({ fields }: { fields?: readonly FieldChange[] }): string | undefined {
	return fields?.find(({ field, once }) => once && field === INVITATION)?.after ?? undefined;
}
