import type { Clock } from '../../http/clock';
import type { Change, ChangeOutcome } from '../../model/change';
import type { Pairing } from '../../model/pairing';
import { SyncError } from '../../model/syncError';
import { applyInOrder, sentences, type Done } from '../applyInOrder';
import type { ApplyRun, RunLedger } from '../runLedger';
import type { ApplyContext } from './applyContext';
import { applyCreate } from './applyCreate';
import { applyDelete } from './applyDelete';
import { applyUpdate } from './applyUpdate';
import type { SyncroClient } from './client';
import { syncro } from './definition';

export interface ApplyChanges {
	client: SyncroClient;
	ledger: RunLedger;
	/** The running run that holds the lock of the pairing. */
	run: ApplyRun;
	changes: readonly Change[];
	signal?: AbortSignal;
	/** Default: the client's. */
	clock?: Clock;
	onOutcome?: (outcome: ChangeOutcome) => void;
}

/**
 * Carries out a plan on the contacts of a Syncro customer; see `applyInOrder`. Interrupted anywhere, the next run
 * ends in the same state: each create is announced in the ledger before it is sent and adopted if it had arrived,
 * each update is read again first, each success is remembered at once.
 */
export async function applyChanges(job: ApplyChanges): Promise<ChangeOutcome[]> {
	const { client, ledger, run, changes, signal, onOutcome } = job;
	requireAccount(client, run.pairing);
	return await applyInOrder({
		ledger,
		run,
		changes,
		clock: job.clock ?? client.clock,
		signal,
		onOutcome,
		carryOut: async (change, keepAlive) => await carryOut({ client, ledger, run, change, call: { signal, keepAlive } }),
	});
}

/** @throws SyncError class `input` when the plan is not for the account of the credential */
export function requireAccount(client: SyncroClient, { target, account }: Pairing): void {
	if (target === syncro.name && account.toLowerCase() === client.account) return;
	throw new SyncError(`The plan is for ${target} account ${account}, but the Syncro credential is for the account ${client.account}.`, {
		class: 'input',
		code: 'apply.otherAccount',
		remedy: 'Choose the Syncro credential of the account whose contacts were compared.',
	});
}

async function carryOut(context: ApplyContext): Promise<Done> {
	const { change } = context;
	switch (change.action) {
		case 'create':
			return await createOnce(context);
		case 'update':
		case 'deactivate':
			return await applyUpdate(context);
		case 'delete':
			return await applyDelete(context);
		case 'link':
			throw new Error('Links are remembered by applyInOrder.');
	}
}

/** The ledger refuses, before anything is sent, to create somebody twice; that is this record's failure only. */
async function createOnce(context: ApplyContext): Promise<Done> {
	try {
		return await applyCreate(context);
	} catch (error) {
		if (!(error instanceof SyncError) || error.code !== 'ledger.alreadyCreated') throw error;
		return { outcome: 'failed', message: sentences(error) };
	}
}
