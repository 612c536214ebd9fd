import type { Transport } from '../../../http/transport';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from './client';
import type { GraphRequest } from './exchange';
import { explainNetworkFailure } from './networkFailure';

export interface Download {
	body: ReadableStream<Uint8Array>;
	/** Graph's id of the request that led to it. */
	requestId: string;
}

/**
 * A usage report: Graph answers 302 with an address that is good for minutes and needs no token
 * (https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail), so none is sent there.
 *
 * @throws SyncError when Graph refuses, the address is none to be trusted, or the download does not begin
 */
export async function download(client: GraphClient, request: GraphRequest, { transport, requestSeconds }: { transport: Transport; requestSeconds: number }): Promise<Download> {
	const answer = await client.request(request);
	if (answer.status !== 302) throw client.explain(answer, request);
	const address = URL.parse(answer.headers.get('location') ?? '');
	const failed = (why: string, code: string, remedy: string, cause?: unknown): SyncError =>
		new SyncError(`Could not read ${request.reading.what} of tenant ${client.tenant}: ${why}.`, {
			class: 'unavailable',
			code: `graph.download.${code}`,
			remedy,
			tenantId: client.tenant,
			requestId: answer.requestId,
			cause,
		});
	if (address?.protocol !== 'https:') throw failed('Microsoft Graph gave no https address for the download', 'address', 'Run again later. If it stays, a proxy in between may change the answers.');
	const timeout = AbortSignal.timeout(requestSeconds * 1000);
	let response: Response;
	try {
		response = await transport(address.href, { redirect: 'manual', signal: client.signal ? AbortSignal.any([client.signal, timeout]) : timeout });
	} catch (error) {
		client.signal?.throwIfAborted();
		const failure = explainNetworkFailure(error);
		throw failed(`the download from ${address.host} did not begin, ${failure.text}`, failure.code, failure.remedy, error);
	}
	if (response.status !== 200 || !response.body) {
		await response.body?.cancel();
		throw failed(`the download from ${address.host} was answered with status ${response.status}`, String(response.status), 'Nothing was lost: run again later. The link to a report is good for a few minutes only.');
	}
	return { body: response.body, requestId: answer.requestId };
}
