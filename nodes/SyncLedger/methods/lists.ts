import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { PairingRecord, Run } from '../../../sync/ledger/ledger';
import { pairingKey, systemOf } from '../../../sync/model/pairing';
import { TARGETS } from '../../../sync/target';
import { openLedger } from '../../connect/ledger';
import { toNodeError } from '../../errors';
import { pairingLocatorValue } from '../actions/pairingParameters';

/** How many runs the list offers; older ones are entered by id. */
const RUNS_OFFERED = 100;

/** Ended runs that wrote something or may have, newest first. */
export async function searchRuns(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await told(this, async () => {
		const ledger = await openLedger(this);
		const names = new Map((await ledger.listPairings({})).map((record) => [pairingKey(record), record]));
		const pairedIn = ({ pairing }: Run) => names.get(pairingKey({ ...pairing, target: systemOf(pairing.target) }));
		const runs = await ledger.listRuns({ limit: RUNS_OFFERED });
		const wrote = runs.filter(({ status }) => ['succeeded', 'partial', 'failed', 'abandoned'].includes(status));
		return named(wrote.map((run) => ({ name: runTitle(run, pairedIn(run)), value: run.runId })), filter);
	});
}

/** Stored pairings by the tenant's name. */
export async function searchPairings(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await told(this, async () => {
		const pairings = await (await openLedger(this)).listPairings({});
		return named(pairings.map((record) => ({ name: pairingTitle(record), value: pairingLocatorValue(record) })), filter);
	});
}

function runTitle(run: Run, names: PairingRecord | undefined): string {
	const when = new Date(run.startedAt).toISOString().slice(0, 16).replace('T', ' ');
	const who = names?.customerName ?? `customer ${run.pairing.customerId}`;
	const records = TARGETS.find(({ name }) => name === run.pairing.target);
	return `${when} UTC · ${who} · ${records ? `${records.title} ${records.nouns.records}` : run.pairing.target} · ${run.status}`;
}

function pairingTitle(record: PairingRecord): string {
	return `${record.tenantName ?? record.tenantId} ↔ ${record.customerName ?? `customer ${record.customerId}`} (${record.target} ${record.account})`;
}

function named(results: INodeListSearchResult['results'], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

async function told<T>(context: ILoadOptionsFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
