import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { SyncError } from '../../../sync/model/syncError';
import { HttpEndpointClient } from '../../../sync/target/http/client';
import { httpEndpointSettings } from '../../connect/httpTarget';

/** Somebody looks at the button: one try, and no long wait. */
const IMPATIENT = { patienceMilliseconds: 0, timeoutMilliseconds: 15_000 };

/** Asks for the path that the builder named, and names the real fault. Nothing is written. */
export async function httpTargetTest(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const data = credential.data ?? {};
		const client = new HttpEndpointClient({ ...httpEndpointSettings(data), ...IMPATIENT });
		const path = typeof data.testPath === 'string' ? data.testPath.trim() : '';
		if (path === '') return { status: 'OK', message: `The fields are in order. Whether ${client.endpoint.host} lets this n8n in was not asked: there is no Test Path.` };
		await client.request({ method: 'GET', path, doing: `read ${path}` });
		return { status: 'OK', message: `It answers and lets this n8n in: ${client.endpoint.host}. Its account in the Sync Ledger is ${client.endpoint.account}.` };
	} catch (error) {
		if (error instanceof SyncError) return { status: 'Error', message: `${error.message} ${error.remedy}` };
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}
