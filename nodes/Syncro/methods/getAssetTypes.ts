import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { accountFields } from '../../../sync/target/syncro/accountFields';
import { connectSyncro } from '../../connect/syncro';
import { toNodeError } from '../../errors';

/** Asset types for the list in the editor, by name. */
export async function getAssetTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const { assetTypes = [] } = await accountFields(await connectSyncro(this));
		const types = assetTypes.map(({ name }) => ({ name, value: name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
		// Without it the editor marks the panel as wrong although nothing is to be created.
		return [{ name: 'None: No Asset Is Created', value: '' }, ...types];
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
