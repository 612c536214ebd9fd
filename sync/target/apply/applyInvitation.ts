import { INVITATION } from '../../model/invitation';
import type { Change } from '../../model/change';
import { SyncError } from '../../model/syncError';
import type { TargetRecord } from '../../model/targetRecord';
import type { RecordStore } from '../recordStore';
import { sentences, type Done } from './applyInOrder';
import { attempt, requestOf, stopping, type ApplyContext } from './applyContext';
import { holds } from './applyFields';
import { LostReply } from './lostReply';

/** What became of the invitation of a change. */
export interface Invited {
	/** Sentence with a space before it; empty where the change invites nobody. */
	message: string;
	/** For the ledger: what was done. */
	written: Record<string, string>;
	/** It was not sent, or nobody knows. */
	failed?: Pick<Done, 'stop' | 'suspect'>;
}

/** Why a plan is refused as a whole: it invites, and the builder did not turn that on. */
export function refusalOfInvitations({ definition, invite }: RecordStore, changes: readonly Change[]): SyncError | undefined {
	const invited = changes.filter(({ fields }) => fields.some(({ once }) => once));
	if (invited.length === 0 || invite) return undefined;
	return new SyncError(`The plan invites ${invited.length} of the ${definition.nouns.sources} by mail, for example "${invited[0].label}", but Send Invitations is off. Nothing was written.`, {
		class: 'input',
		code: 'apply.invitationsOff',
		remedy: 'Turn Send Invitations on in the node that applies, or let Sync Plan invite nobody.',
	});
}

/**
 * Sends the invitation of a change, at most once: it is announced in the ledger first, and one of which nobody knows
 * whether it was sent is left to a person.
 *
 * @param record as it is after everything else of the change was written
 */
export async function applyInvitation(context: ApplyContext, record: TargetRecord): Promise<Invited> {
	const { store, ledger, run, change } = context;
	const planned = change.fields.find(({ once }) => once);
	if (!planned) return { message: '', written: {} };
	const address = String(planned.after);
	const written = { [INVITATION]: address };
	const invitation = { pairing: change.pairing, address, sourceId: change.sourceId };

	const earlier = await ledger.announceInvitation(run.runId, invitation);
	if (earlier?.state === 'sent') return { message: ' Was invited before; no mail was sent again.', written };
	if (earlier) return notKnown(context, '');
	const sent = await attempt(context, async () => {
		requireAddress(context, record, address);
		await store.invite!(record, requestOf(context, 'invite'));
		return {};
	});
	if (sent instanceof LostReply) return notKnown(context, ` ${sent.message}`, sent);
	if (sent instanceof SyncError) {
		await ledger.settleInvitation(invitation, 'refused');
		return { message: ` No invitation was sent: ${sentences(sent)}`, written: {}, failed: { stop: stopping(sent) } };
	}
	await ledger.settleInvitation(invitation, 'sent');
	return { message: ' Invited by mail.', written };
}

/** Whoever looked at the plan saw this address, and no other gets mail. */
function requireAddress({ store: { definition, failures }, change }: ApplyContext, record: TargetRecord, address: string): void {
	if (holds(record, definition.invitation!.address, address, definition)) return;
	throw new SyncError(`The ${definition.nouns.record} "${change.label}" has another e-mail address by now than the plan invites.`, {
		class: 'refused',
		code: `${failures}otherAddress`,
		remedy: 'The next plan decides anew.',
	});
}

function notKnown({ store: { definition }, change }: ApplyContext, why: string, suspect?: SyncError): Invited {
	return {
		message: ` It is not known whether the invitation of "${change.label}" was sent, so it is never sent again by itself.${why} Ask whether it arrived; if it did not, send it from ${definition.title}.`,
		written: {},
		failed: { suspect },
	};
}
