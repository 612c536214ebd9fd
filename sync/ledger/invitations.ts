import { randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock';
import { pairingKey } from '../model/pairing';
import { requireRunning } from './changes';
import { first, sql, type Database, type Row } from './database';
import type { Invitation, Ledger } from './ledger';
import { keyPart, PAIRING_COLUMNS, pairingOfRow, pairingValues } from './rows';

type InvitationMethods = Pick<Ledger, 'announceInvitation' | 'settleInvitation' | 'invitations'>;

/** Who was invited to a target, kept apart from links and changes because it outlives both. */
export function invitationMethods(database: Database, clock: Clock): InvitationMethods {
	return {
		async announceInvitation(runId, invitation) {
			const { pairing, address, sourceId } = invitation;
			const key = keyOf(invitation);
			const now = clock.now();
			// A transaction whose commit got no answer is tried again: it must know its own work.
			const claim = randomUUID();
			return await database.transaction(function* () {
				yield* requireRunning(runId, pairing);
				// Somebody who was renamed meanwhile was invited under another address.
				const renamed = yield* first(
					sql(`SELECT * FROM entra_sync_invitations WHERE source_id = ? AND pairing_key = ? AND state <> 'refused' AND claim <> ? LIMIT 1`, sourceId, pairingKey(pairing), claim),
				);
				if (renamed) return invitationOfRow(renamed);
				const taken = yield sql(
					`INSERT INTO entra_sync_invitations (invitation_key, address, pairing_key, ${PAIRING_COLUMNS}, source_id, state, claim, changed_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'announced', ?, ?)
					ON CONFLICT (invitation_key) DO UPDATE SET
						pairing_key = excluded.pairing_key, tenant_id = excluded.tenant_id, customer_id = excluded.customer_id,
						source_id = excluded.source_id, state = excluded.state, claim = excluded.claim, changed_at = excluded.changed_at
					WHERE entra_sync_invitations.state = 'refused' OR entra_sync_invitations.claim = excluded.claim
					RETURNING invitation_key`,
					key,
					address,
					pairingKey(pairing),
					...pairingValues(pairing),
					sourceId,
					claim,
					now,
				);
				if (taken.length > 0) return undefined;
				const earlier = yield* first(sql('SELECT * FROM entra_sync_invitations WHERE invitation_key = ?', key));
				return invitationOfRow(earlier!);
			});
		},

		async settleInvitation(invitation, state) {
			const now = clock.now();
			await database.transaction(function* () {
				yield sql(`UPDATE entra_sync_invitations SET state = ?, changed_at = ? WHERE invitation_key = ? AND state = 'announced'`, state, now, keyOf(invitation));
			});
		},

		async invitations({ target, account }) {
			const rows = await database.read(sql(`SELECT * FROM entra_sync_invitations WHERE invitation_key LIKE ? ESCAPE '!'`, `${accountKey(target, account).replace(/[!%_]/g, '!$&')}/%`));
			return rows.map(invitationOfRow);
		},
	};
}

/** Addresses are unique in an account, whoever of its customers has them. */
function keyOf({ pairing: { target, account }, address }: Pick<Invitation, 'pairing' | 'address'>): string {
	return `${accountKey(target, account)}/${keyPart(address)}`;
}

function accountKey(target: string, account: string): string {
	return `${keyPart(target)}/${keyPart(account)}`;
}

function invitationOfRow(row: Row): Invitation {
	return {
		pairing: pairingOfRow(row),
		address: String(row.address),
		sourceId: String(row.source_id),
		state: String(row.state) as Invitation['state'],
		changedAt: Number(row.changed_at),
	};
}
