import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { licenceNames, ownLicenceNames, type LicenceNames } from '../../../../sync/source/graph/read/licenceNames';
import { listOf, refuseEmptyExpression } from '../../../checkedParameters';

export const ownNamesParameter: INodeProperties = {
	displayName: 'Own Names',
	name: 'ownNames',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46 = Business Premium',
	description: 'Names that go before Microsoft’s: one line per licence with its SKU ID, an equals sign and the name',
};

export const skusParameter: INodeProperties = {
	displayName: 'Subscription Names or IDs',
	name: 'skuIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getSubscribedSkus' },
	default: [],
	description:
		'Only these licences; without any, all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export async function namesOfItem(context: IExecuteFunctions, itemIndex: number): Promise<LicenceNames> {
	return await licenceNames(ownLicenceNames(String(context.getNodeParameter('options.ownNames', itemIndex, '') ?? '')));
}

export function skusOfItem(context: IExecuteFunctions, itemIndex: number): string[] {
	const skuIds = context.getNodeParameter('skuIds', itemIndex, []);
	refuseEmptyExpression(context.getNode(), ['skuIds'], 'Subscription Names or IDs', skuIds);
	return listOf(skuIds);
}
