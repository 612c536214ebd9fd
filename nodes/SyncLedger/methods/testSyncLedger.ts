import type { ICredentialsDecrypted, ICredentialTestFunctions, IDataObject, INodeCredentialTestResult } from 'n8n-workflow';
import { openLedger as openStore, type LedgerStatus } from '../../../sync/ledger';
import { SyncError } from '../../../sync/model/syncError';
import { ledgerOptions } from '../../connect/ledger';

/** The Test button of the Sync Ledger credential: opens the ledger, brings its schema up to date, writes and reads back. */
export async function testSyncLedger(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const ledger = await openStore(ledgerOptions((credential.data ?? {}) as IDataObject));
		try {
			return { status: 'OK', message: describe(await ledger.inspect()) };
		} finally {
			await ledger.close();
		}
	} catch (error) {
		if (error instanceof SyncError) return { status: 'Error', message: `${error.message} ${error.remedy}` };
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}

function describe({ location, schemaVersion, runs, links, pairings }: LedgerStatus): string {
	return `Connected. ${location} can be written and read; schema version ${schemaVersion}, ${runs} runs, ${links} links, ${pairings} pairings.`;
}
