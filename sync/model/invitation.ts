import type { Pairing } from './pairing';

/** Under this name an invitation by mail stands among the fields of a change, with its address; no record has such a field. */
export const INVITATION = 'invitation';

/** An invitation that was sent, or may have been, or was refused; see `Invitation` of the ledger. */
export interface KnownInvitation {
	pairing: Pairing;
	address: string;
	sourceId: string;
	state: 'announced' | 'sent' | 'refused';
	changedAt: number;
}
