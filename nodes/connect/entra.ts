import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { graphClient, type GraphClient, type GraphClientOptions } from '../../sync/source/graph/transport/client';
import type { CloudName } from '../../sync/source/graph/signIn/clouds';
import type { EntraApp } from '../../sync/source/graph/signIn/entraApp';
import { tenantGuidOf } from '../../sync/source/graph/read/organization';
import { PARTNER_CREDENTIAL, partnerAccountOf } from './partner';

export const ENTRA_CREDENTIAL = 'entraAppApi';

/** How a node signs in to tenants; nodes that read Microsoft 365 ask for it first. */
export const authenticationParameter: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'Entra App', value: 'app', description: 'An app registration with application permissions, in every tenant that has consented to it' },
		{ name: 'Entra Partner (GDAP)', value: 'partner', description: 'A partner’s service account, in every customer whose GDAP relationship gives it roles' },
	],
	default: 'app',
	description: 'Who signs in. Both may stand in one workflow, each in a node of its own.',
};

/** Who signs in, by what the builder chose on the node. */
export async function identityOf(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex = 0): Promise<Pick<GraphClientOptions, 'app' | 'account'>> {
	if (authenticationOf(context, itemIndex) === 'app') return { app: entraAppOf(await context.getCredentials(ENTRA_CREDENTIAL, itemIndex)) };
	const data = await context.getCredentials(PARTNER_CREDENTIAL, itemIndex);
	return { app: entraAppOf(data), account: partnerAccountOf(context, data, itemIndex) };
}

function authenticationOf(context: IExecuteFunctions | ILoadOptionsFunctions, itemIndex: number): 'app' | 'partner' {
	// Nodes that were saved before there was a choice have none.
	const chosen = 'getCurrentNodeParameter' in context ? context.getCurrentNodeParameter('authentication') : (context as IExecuteFunctions).getNodeParameter('authentication', itemIndex, 'app');
	return chosen === 'partner' ? 'partner' : 'app';
}

/** The app that a credential describes, either one; settings that its form hides do not count. */
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
 * Connects to a tenant with the credential that the node chose. Cancelling the execution ends its requests.
 *
 * @param tenantId GUID or domain; empty for the credential's own tenant
 * @throws SyncError when the credential is malformed or, for a domain, when it cannot sign in
 */
export async function connectGraph(context: IExecuteFunctions, itemIndex = 0, tenantId?: string): Promise<ConnectedTenant> {
	const client = graphClient({ ...(await identityOf(context, itemIndex)), tenantId, signal: context.getExecutionCancelSignal() });
	return { client, tenantId: await tenantGuidOf(client) };
}

/** A client for the lists of a node's panel: somebody waits in front of it, so it gives up soon. */
export async function graphForList(context: ILoadOptionsFunctions, tenantId?: string): Promise<GraphClient> {
	return graphClient({ ...(await identityOf(context)), tenantId, ...IMPATIENT });
}

/**
 * A client for a trigger, which works outside of executions, and the app that it signs in as.
 *
 * @param tenantId GUID or domain; empty for the credential's own tenant
 */
export async function graphForTrigger(
	context: IPollFunctions | IHookFunctions | IWebhookFunctions,
	tenantId: string,
	limits: Partial<GraphClientOptions>,
): Promise<{ client: GraphClient; app: EntraApp }> {
	const app = entraAppOf(await context.getCredentials(ENTRA_CREDENTIAL));
	return { client: graphClient({ app, tenantId, ...limits }), app };
}

/** For a person who waits: two tries, fifteen seconds each. */
export const IMPATIENT = {
	retries: { attempts: 2, firstSeconds: 0.5, longestSeconds: 1 },
	budgetSeconds: 20,
	requestSeconds: 15,
};
