import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { SyncError } from '../../../sync/model/syncError';
import { secretSinkOf } from '../../connect/secretSink';

/** Whether the sink answers and lets this n8n in; nothing secret is sent but the header. */
export async function testSecretSink(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const sink = secretSinkOf(credential.data ?? {});
		await sink.test();
		return { status: 'OK', message: `It answers and lets this n8n in: ${sink.name}.` };
	} catch (error) {
		if (error instanceof SyncError) return { status: 'Error', message: `${error.message} ${error.remedy}` };
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}
