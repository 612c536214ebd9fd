import type { Ledger } from '../../../../sync/ledger/ledger';
import type { Pairing } from '../../../../sync/model/pairing';
import type { Plan } from '../../../../sync/model/plan';
import { invitedAddress } from '../../../../sync/plan/invitations';
import type { SyncroClient } from '../../../../sync/target/syncro/client';
import { allPortalUsers } from '../../../../sync/target/syncro/portalUsers/portalUsers';
import { portalUserStore, type PortalUserStoreOptions } from '../../../../sync/target/syncro/portalUsers/store';
import type { SyncroSeed } from '../../../../simulators/syncro/seed';
import { SEED } from './account';
import type { RecordSync } from './recordRuns';
import { LEASE_SECONDS, person } from './runs';

const NAMES = ['ada', 'bob', 'cid', 'dee', 'eve'];

/** The contact of each person. */
export const CONTACT_OF: Readonly<Record<string, number>> = Object.fromEntries(NAMES.map((name, index) => [name, 101 + index]));

export const PORTAL_SEED: SyncroSeed = {
	...SEED,
	contacts: [
		...NAMES.map((name) => ({ id: CONTACT_OF[name], customer_id: 1, name: `Person ${name}`, email: `${name}@northwind.example` })),
		{ id: 201, customer_id: 2, name: 'Somebody Else', email: 'else@else.example' },
	],
	portalUsers: [],
};

export const portalPairing = (tenantId: string): Pairing => ({ tenantId, target: 'syncro:portal-users', account: 'acme', customerId: '1' });

/** Somebody of these names; hired again, they are somebody new with the address of old. */
export const portalPerson = (name: string, more: object = {}) => person(name, { email: `${name.split('#')[0]}@northwind.example`, ...more });

/** Links these people, and no others, to their contacts, as a sync of the contacts would. */
export async function linkContacts(ledger: Ledger, tenantId: string, names: readonly string[]): Promise<void> {
	const pairing: Pairing = { ...portalPairing(tenantId), target: 'syncro' };
	await ledger.forgetLink({ pairing });
	const { run } = await ledger.startRun({ pairing, executionId: 'contacts', leaseSeconds: LEASE_SECONDS });
	const links = names.map((name) => ({ pairing, sourceId: name, recordId: String(CONTACT_OF[name.split('#')[0]]), label: name, rule: 'email', message: 'Linked.' }));
	await ledger.rememberLinks(run.runId, 'plan-contacts', links);
	await ledger.finishRun(run.runId, { status: 'succeeded' });
}

/** A sync of the portal users that creates and invites, unless told otherwise. */
export function portalSync(client: SyncroClient, ledger: Ledger, tenantId: string, names: readonly string[], more: Partial<RecordSync> & PortalUserStoreOptions = {}): RecordSync {
	const { inviteBy = 'portalUser', ...rest } = more;
	return {
		store: portalUserStore(client, { inviteBy }),
		ledger,
		pairing: portalPairing(tenantId),
		sources: names.map((name) => portalPerson(name)),
		records: async () => await allPortalUsers(client, '1'),
		rules: [{ by: 'email' }],
		...rest,
		policies: { new: 'create', ...rest.policies },
		invitations: { who: 'new', ...rest.invitations },
	};
}

export const invitedBy = (plan: Plan): string[] => plan.changes.flatMap((change) => invitedAddress(change) ?? []).sort();
