import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { SyncError } from '../../../sync/model/syncError';
import { graphClient, type GraphClient } from '../../../sync/source/graph/transport/client';
import { checkFeatures, type FeatureCheck } from '../../../sync/source/graph/features';
import { organization } from '../../../sync/source/graph/read/organization';
import { entraAppOf, IMPATIENT } from '../../connect/entra';

/** Signs in, asks who the tenant is, and says what the app may do there; or names the real fault. */
export async function testEntraApp(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const client = graphClient({ app: entraAppOf(credential.data ?? {}), ...IMPATIENT });
		const features = await checkFeatures(client);
		const required = features.find(({ required, granted }) => required && granted === false);
		if (required) {
			return {
				status: 'Error',
				message: `The app signed in to tenant ${client.tenant}, but lacks the permission ${required.permission} (${required.feature}). ${required.whatToDo}`,
			};
		}
		return { status: 'OK', message: `${await nameOf(client)} ${permissions(features)}` };
	} catch (error) {
		if (error instanceof SyncError) return { status: 'Error', message: `${error.message} ${error.remedy}` };
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}

async function nameOf(client: GraphClient): Promise<string> {
	const { displayName, defaultDomain, tenantId } = await organization(client);
	return `Signed in to ${displayName ?? 'a tenant without a name'} (${[defaultDomain, tenantId].filter(Boolean).join(', ')}).`;
}

function permissions(features: readonly FeatureCheck[]): string {
	const missing = features.filter(({ granted }) => granted === false);
	const counted = `${features.length - missing.length} of ${features.length} features are permitted.`;
	if (missing.length === 0) return counted;
	return `${counted} Missing: ${missing.map(({ permission, feature }) => `${permission} (${feature})`).join(', ')}.`;
}
