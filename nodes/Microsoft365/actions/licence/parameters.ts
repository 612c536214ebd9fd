import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { licenceNames, ownLicenceNames, type LicenceNames } from '../../../../sync/source/graph/read/licenceNames';
import { licencePrices, type LicencePrices } from '../../../../sync/source/graph/read/licencePrices';
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

export const pricesParameters: INodeProperties[] = [
	{
		displayName: 'Prices',
		name: 'prices',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add price',
		default: {},
		description: 'What licences cost, to tell what the unused ones waste. Licences without a price are listed without money, and counted.',
		options: [
			{
				displayName: 'Price',
				name: 'price',
				values: [
					{
						displayName: 'Licence',
						name: 'licence',
						type: 'resourceLocator',
						default: { mode: 'list', value: '' },
						modes: [
							{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchLicences', searchable: true } },
							{ displayName: 'By SKU ID or Part Number', name: 'id', type: 'string', placeholder: 'e.g. SPB' },
						],
						description: 'The licence that this is the price of; the list has the names that Microsoft publishes, for all tenants alike',
					},
					{
						displayName: 'Price per Month',
						name: 'pricePerMonth',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 2 },
						default: 0,
						description: 'Of one licence for one month, in the currency below. 0 is a price as well.',
					},
				],
			},
		],
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. EUR',
		description: 'Three letters; of all prices of this node',
	},
];

/** @returns undefined without any price */
export async function pricesOfItem(context: IExecuteFunctions, itemIndex: number): Promise<LicencePrices | undefined> {
	const { price = [] } = context.getNodeParameter('prices', itemIndex, {}) as { price?: Array<{ licence?: unknown; pricePerMonth?: unknown }> };
	return await licencePrices(
		// A resource locator keeps what was chosen beside its mode.
		price.map(({ licence, pricePerMonth }) => ({ licence: typeof licence === 'object' && licence !== null ? (licence as { value?: unknown }).value : licence, pricePerMonth })),
		context.getNodeParameter('currency', itemIndex, 'USD'),
	);
}
