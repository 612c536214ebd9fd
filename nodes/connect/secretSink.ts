import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { httpsSink, type HttpsSink } from '../../sync/secret/httpsSink';

export const SECRET_SINK_CREDENTIAL = 'secretSinkApi';

/** @throws SyncError (configuration) when the credential is malformed */
export function secretSinkOf(data: ICredentialDataDecryptedObject, signal?: AbortSignal): HttpsSink {
	const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
	return httpsSink({
		address: text('address'),
		headerName: text('headerName'),
		headerValue: text('headerSecret'),
		caCertificate: text('ca') || undefined,
		signal,
	});
}

/** The sink of the node's Secret Sink credential. */
export async function connectSecretSink(context: IExecuteFunctions, itemIndex: number): Promise<HttpsSink> {
	return secretSinkOf(await context.getCredentials(SECRET_SINK_CREDENTIAL, itemIndex), context.getExecutionCancelSignal());
}
