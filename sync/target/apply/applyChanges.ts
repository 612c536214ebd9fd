import type { Clock } from '../../http/clock';
import type { Change, ChangeOutcome } from '../../model/change';
import type { Pairing } from '../../model/pairing';
import { SyncError } from '../../model/syncError';
import { applyInOrder, sentences, type Done } from './applyInOrder';
import type { ApplyRun, RunLedger } from './runLedger';
import type { ApplyContext } from './applyContext';
import { applyCreate } from './applyCreate';
import { applyDelete } from './applyDelete';
import { refusalOfInvitations } from './applyInvitation';
import { applyUpdate } from './applyUpdate';
import type { RecordStore } from '../recordStore';

export interface ApplyChanges {
	store: RecordStore;
	ledger: RunLedger;
	/** The running run that holds the lock of the pairing. */
	run: ApplyRun;
	changes: readonly Change[];
	signal?: AbortSignal;
	/** Default: the store's. */
	clock?: Clock;
	onOutcome?: (outcome: ChangeOutcome) => void;
}

/**
 * Carries out a plan on the records of a customer; see `applyInOrder`. Interrupted anywhere, the next run
 * ends in the same state: each create is announced in the ledger before it is sent and adopted if it had arrived,
 * each update is read again first, each success is remembered at once.
 */
export async function applyChanges(job: ApplyChanges): Promise<ChangeOutcome[]> {
	const { store, ledger, run, changes, signal, onOutcome } = job;
	requireAccount(store, run.pairing);
	const refusal = refusalOfInvitations(store, changes);
	if (refusal) throw refusal;
	return await applyInOrder({
		ledger,
		run,
		changes,
		clock: job.clock ?? store.clock,
		signal,
		onOutcome,
		carryOut: async (change, keepAlive) => await carryOut({ store, ledger, run, change, call: { signal, keepAlive } }),
	});
}

/** @throws SyncError class `input` when the plan is not for these records, or not for the account of the credential */
export function requireAccount({ definition, account: own }: Pick<RecordStore, 'definition' | 'account'>, { target, account }: Pairing): void {
	if (target !== definition.name) {
		throw new SyncError(`The plan is for the target "${target}", but this node applies plans for ${definition.title} ${definition.nouns.records} ("${definition.name}").`, {
			class: 'input',
			code: 'apply.otherTarget',
			remedy: 'Use the node and the resource that fit the Target of the Sync Plan node. Nothing was written.',
		});
	}
	if (account.toLowerCase() === own.toLowerCase()) return;
	throw new SyncError(`The plan is for the ${definition.title} account ${account}, but the credential is for the account ${own}.`, {
		class: 'input',
		code: 'apply.otherAccount',
		remedy: `Choose the ${definition.title} credential of the account whose ${definition.nouns.records} were compared.`,
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
