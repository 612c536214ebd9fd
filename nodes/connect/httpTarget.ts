import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { HttpEndpointClient, type HttpEndpointSettings } from '../../sync/target/http/client';
import { knownPace } from './ledger';

export const HTTP_TARGET_CREDENTIAL = 'httpTargetApi';

/** In queue mode there are several processes, nobody knows how many: each keeps to such a part until they share a store. */
const QUEUE_PROCESSES = 4;

/**
 * A client for the endpoint of the node's HTTP Target credential. It keeps the limit together with all other workflows,
 * and with the other processes of this n8n as soon as a node of this one has opened a PostgreSQL ledger.
 *
 * @throws SyncError class `configuration` for an unusable address or header
 */
export async function connectHttpTarget(context: IExecuteFunctions, itemIndex = 0, environment = process.env): Promise<HttpEndpointClient> {
	const processes = environment.EXECUTIONS_MODE === 'queue' ? QUEUE_PROCESSES : 1;
	return new HttpEndpointClient({ ...httpEndpointSettings(await context.getCredentials(HTTP_TARGET_CREDENTIAL, itemIndex)), pace: { sharedPace: knownPace, processes } });
}

/** What the fields of the credential mean. */
export function httpEndpointSettings(credential: IDataObject): HttpEndpointSettings {
	const text = (name: string): string => (typeof credential[name] === 'string' ? (credential[name] as string).trim() : '');
	const number = (name: string): number | undefined => (Number(credential[name]) >= 1 ? Math.floor(Number(credential[name])) : undefined);
	return {
		baseAddress: text('baseAddress'),
		accountName: text('accountName'),
		headerName: text('headerName'),
		headerValue: text('headerSecret'),
		caCertificates: text('ca') || undefined,
		requestsPerMinute: number('requestsPerMinute'),
		atOnce: number('atOnce'),
	};
}
