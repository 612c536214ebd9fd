import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { accountFields } from '../../../sync/target/syncro/accountFields';
import { connectSyncro } from '../../connect/syncro';
import { toNodeError } from '../../errors';

/** Asset types for the list in the editor, by name. */
export async function getAssetTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const { assetTypes = [] } = await accountFields(await connectSyncro(this));
		return assetTypes.map(({ name }) => ({ name, value: name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
