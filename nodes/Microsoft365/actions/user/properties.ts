import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { UserOptions } from '../../../../sync/source/graph/read/userLookups';
import { USER_LOOKUPS, USER_PROPERTIES } from '../../../../sync/source/graph/read/userProperties';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { licenceFamiliesOfItem, licenceFamiliesParameter } from '../licenceFamilies';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { hintSkipped } from '../skipHint';

const OFFERED = [...USER_PROPERTIES, ...USER_LOOKUPS];

/** Which properties of a user to read. */
export const userPropertiesParameter: INodeProperties = {
	...propertiesParameter(OFFERED, 'the object ID'),
	description: 'What to read of each person; the object ID always comes along. A property that is not read changes nothing in the target.',
};

/** Shown where a licence family is among the properties. */
export const userFamiliesParameter: INodeProperties = { ...licenceFamiliesParameter, displayOptions: { show: { properties: ['licenceFamily', 'licenceFamilies'] } } };

/** What was not read is told on the node's output. */
export function userOptionsOfItem(context: IExecuteFunctions, itemIndex: number): UserOptions {
	return { onSkipped: hintSkipped(context), licenceFamilies: licenceFamiliesOfItem(context, itemIndex) };
}

/** @param more further options of the operation */
export function extraUserPropertiesOption(more: readonly INodeProperties[] = []): INodeProperties {
	return extraPropertiesOption(
		'Entra’s users',
		'onPremisesExtensionAttributes/extensionAttribute1, extension_0a1b2c3d4e5f60718293a4b5c6d7e8f9_badge',
		more,
		'A slash leads to a part of a property. Each comes under the name that is written here, ready for a field mapping. Custom security attributes cannot be read: they need a permission of their own.',
	);
}

export function chosenProperties(context: IExecuteFunctions, itemIndex: number): string[] {
	return [...propertiesOfItem(context, itemIndex, OFFERED), ...extraPropertiesOfItem(context, itemIndex)];
}
