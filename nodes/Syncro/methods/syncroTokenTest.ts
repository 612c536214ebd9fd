import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { SyncError } from '../../../sync/model/syncError';
import { SyncroClient } from '../../../sync/target/syncro/client';
import { checkToken, type FeatureAccess, type TokenAccess } from '../../../sync/target/syncro/permissions';
import { syncroSettings } from '../../connect/syncro';

/** Somebody looks at the button: one try, and no long wait. */
const IMPATIENT = { patienceMilliseconds: 0, timeoutMilliseconds: 15_000 };

/** Signs in with the token and names the real fault, or the permissions that features need and lack. */
export async function syncroTokenTest(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const client = new SyncroClient({ ...syncroSettings(credential.data ?? {}), ...IMPATIENT });
		return verdict(await checkToken(client));
	} catch (error) {
		if (error instanceof SyncError) return { status: 'Error', message: `${error.message} ${error.remedy}` };
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}

/** A token that lacks something is told as an error, since n8n shows no message of a test that passed. */
function verdict({ account, user, features }: TokenAccess): INodeCredentialTestResult {
	const signedIn = `Signed in to the Syncro account ${account} as ${user}.`;
	const lacking = features.filter(({ granted }) => granted === false);
	const unknown = features.filter(({ granted }) => granted === undefined);
	const unsure = unknown.length === 0 ? '' : ` Syncro does not say whether it has ${list(unknown)}.`;
	if (lacking.length === 0) return { status: 'OK', message: `${signedIn} The token has the permissions ${list(features.filter(({ granted }) => granted))}.${unsure}` };
	return {
		status: 'Error',
		message: `${signedIn} But the token lacks ${list(lacking)}. Add ${lacking.length === 1 ? 'it' : 'them'} in Syncro under Admin → API Tokens, or save this credential for the other features only.${unsure}`,
	};
}

function list(features: FeatureAccess[]): string {
	return features.map(({ feature, permission }) => `"${permission}" (for ${feature})`).join(', ');
}
