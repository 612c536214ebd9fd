import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { BUSINESS_FAMILIES, checkedFamilies, type LicenceFamily } from '../../../sync/source/graph/read/licenceFamilies';
import { listOf, refuseEmptyExpression } from '../../checkedParameters';

/** A family that is put together by the builder. */
const OWN = 'own';

/** A row of the list, as n8n hands it on. */
interface ListedFamily {
	family?: unknown;
	name?: unknown;
	skuIds?: unknown;
	moreSkuIds?: unknown;
}

const SKUS = [
	{ name: 'skuIds', displayName: 'Subscription Names or IDs' },
	{ name: 'moreSkuIds', displayName: 'Further Subscription IDs' },
] as const;

/** Which licences count as one product, and which product is the higher one. */
export const licenceFamiliesParameter: INodeProperties = {
	displayName: 'Licence Families',
	name: 'licenceFamilies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Family',
	default: { families: BUSINESS_FAMILIES.map(({ name }) => ({ family: name })) },
	description: 'Licences that count as one product, lowest rank first: of somebody who holds several, the last in this list is the highest',
	options: [
		{
			name: 'families',
			displayName: 'Family',
			values: [
				{
					displayName: 'Family',
					name: 'family',
					type: 'options',
					options: [
						...BUSINESS_FAMILIES.map(({ name }) => ({ name, value: name, description: 'With its variants without Teams, for the EEA, donated and of older names' })),
						{ name: 'Another', value: OWN, description: 'Any subscriptions, under any name' },
					],
					default: OWN,
					description: 'A product of Microsoft, or subscriptions of your choice',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Microsoft 365 E3',
					displayOptions: { show: { family: [OWN] } },
					description: 'As the target is to show it, for example an answer of a dropdown',
				},
				{
					displayName: SKUS[0].displayName,
					name: SKUS[0].name,
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getSubscribedSkus' },
					default: [],
					description:
						'The subscriptions that count to it; of a product of Microsoft, further ones. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: SKUS[1].displayName,
					name: SKUS[1].name,
					type: 'string',
					default: '',
					placeholder: 'e.g. 05e9a617-0261-4cee-bb44-138d3ef5d965',
					description: 'SKU IDs that the tenant in this panel does not subscribe to, separated by commas',
				},
			],
		},
	],
};

/** @throws SyncError (input) for a list that no one can count by */
export function licenceFamiliesOfItem(context: IExecuteFunctions, itemIndex: number): readonly LicenceFamily[] {
	// Where the panel does not show the list there is none: the usual one is meant.
	const listed = context.getNodeParameter('licenceFamilies', itemIndex, null) as { families?: ListedFamily[] } | null;
	if (listed === null) return BUSINESS_FAMILIES;
	return checkedFamilies((listed.families ?? []).map((row, index) => familyOf(context, row, index)));
}

function familyOf(context: IExecuteFunctions, row: ListedFamily, index: number): LicenceFamily {
	for (const { name, displayName } of SKUS) refuseEmptyExpression(context.getNode(), ['licenceFamilies', 'families', String(index), name], displayName, row[name]);
	const known = BUSINESS_FAMILIES.find(({ name }) => name === row.family);
	// An expression may give a name of its own.
	const name = known?.name ?? String((row.family === OWN || row.family === undefined ? row.name : row.family) ?? '');
	return { name, skuIds: [...(known?.skuIds ?? []), ...SKUS.flatMap((each) => listOf(row[each.name]))] };
}
