import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DEFAULT_USER_PROPERTIES, USER_PROPERTIES } from '../../../../sync/source/graph/read/userProperties';

/** Which properties of a user to read. */
export const userPropertiesParameter: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'multiOptions',
	options: [...USER_PROPERTIES]
		.sort((a, b) => a.label.localeCompare(b.label, 'en'))
		.map(({ label, name, description }) => ({ name: label, value: name, description })),
	default: [...DEFAULT_USER_PROPERTIES],
	description: 'What to read of each person; the object ID always comes along. A property that is not read changes nothing in the target.',
};

export const extraPropertiesParameter: INodeProperties = {
	displayName: 'Extra Properties',
	name: 'extraProperties',
	type: 'string',
	default: '',
	placeholder: 'e.g. onPremisesExtensionAttributes, extension_0a1b2c_badge',
	description: 'Further properties of Entra’s users by their names in Microsoft Graph, separated by commas',
};

export function chosenProperties(context: IExecuteFunctions, itemIndex: number): string[] {
	const chosen = context.getNodeParameter('properties', itemIndex, [...DEFAULT_USER_PROPERTIES]) as string[];
	const extra = context.getNodeParameter('options.extraProperties', itemIndex, '') as string;
	return [...chosen, ...listOf(extra)];
}

/** The parts of a text that are separated by commas or line breaks. */
export function listOf(text: string): string[] {
	return text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);
}
