import type { ICredentialDataDecryptedObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { graphClient, type GraphClient } from '../../sync/source/graph/transport/client';
import type { CloudName } from '../../sync/source/graph/signIn/clouds';
import type { EntraApp } from '../../sync/source/graph/signIn/entraApp';
import { tenantGuidOf } from '../../sync/source/graph/read/organization';

export const ENTRA_CREDENTIAL = 'entraAppApi';

/** The app that a credential of type `entraAppApi` describes; settings that its form hides do not count. */
export function entraAppOf(data: ICredentialDataDecryptedObject): EntraApp {
	const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
	const advanced = data.advanced === true;
	return {
		tenantId: text('tenantId'),
		clientId: text('clientId'),
		cloud: (text('cloud') || 'global') as CloudName,
		proof:
			data.authentication === 'certificate'
				? { kind: 'certificate', certificate: text('certificate'), privateKey: text('privateKey'), passphrase: text('passphrase') || undefined }
				: { kind: 'secret', secret: text('clientSecret') },
		loginAddress: advanced ? text('loginAddress') : undefined,
		graphAddress: advanced ? text('graphAddress') : undefined,
		caCertificate: advanced ? text('caCertificate') || undefined : undefined,
	};
}

/** A tenant that is ready to be read. */
export interface ConnectedTenant {
	client: GraphClient;
	/** The tenant's GUID in lower case, also when a domain was given: records are kept by it. */
	tenantId: string;
}

/**
 * Connects to a tenant with the node's Entra App credential. Cancelling the execution ends its requests.
 *
 * @param tenantId GUID or domain; empty for the credential's own tenant
 * @throws SyncError when the credential is malformed or, for a domain, when the app cannot sign in
 */
export async function connectGraph(context: IExecuteFunctions, itemIndex = 0, tenantId?: string): Promise<ConnectedTenant> {
	const app = entraAppOf(await context.getCredentials(ENTRA_CREDENTIAL, itemIndex));
	const client = graphClient({ app, tenantId, signal: context.getExecutionCancelSignal() });
	return { client, tenantId: await tenantGuidOf(client) };
}

/** A client for the lists of a node's panel: somebody waits in front of it, so it gives up soon. */
export async function graphForList(context: ILoadOptionsFunctions, tenantId?: string): Promise<GraphClient> {
	const app = entraAppOf(await context.getCredentials(ENTRA_CREDENTIAL));
	return graphClient({ app, tenantId, ...IMPATIENT });
}

/** For a person who waits: two tries, fifteen seconds each. */
export const IMPATIENT = {
	retries: { attempts: 2, firstSeconds: 0.5, longestSeconds: 1 },
	budgetSeconds: 20,
	requestSeconds: 15,
};
