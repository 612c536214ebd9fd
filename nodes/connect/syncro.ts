import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { SyncroClient, type SyncroSettings } from '../../sync/target/syncro/client';

export const SYNCRO_CREDENTIAL = 'syncroTokenApi';

/**
 * A client for the account of the node's Syncro credential.
 *
 * @throws SyncError class `configuration` for an unusable subdomain, address or token
 */
export async function connectSyncro(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex = 0): Promise<SyncroClient> {
	return new SyncroClient(syncroSettings(await context.getCredentials(SYNCRO_CREDENTIAL, itemIndex)));
}

/** What the fields of the credential mean. */
export function syncroSettings(credential: IDataObject): SyncroSettings {
	const override = text(credential.addressOverride);
	const ca = text(credential.ca);
	const perMinute = Number(credential.requestsPerMinute);
	return {
		subdomain: text(credential.subdomain),
		token: text(credential.apiToken),
		...(override === '' ? {} : { addressOverride: override }),
		...(override === '' || ca === '' ? {} : { caCertificates: ca }),
		...(perMinute >= 1 ? { requestsPerMinute: perMinute } : {}),
	};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
