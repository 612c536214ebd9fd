import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { USER_LOOKUPS, USER_PROPERTIES } from '../../../../sync/source/graph/read/userProperties';
import { extraPropertiesOfItem, extraPropertiesOption } from '../extraProperties';
import { propertiesOfItem, propertiesParameter } from '../propertyChoice';

const OFFERED = [...USER_PROPERTIES, ...USER_LOOKUPS];

/** Which properties of a user to read. */
export const userPropertiesParameter: INodeProperties = {
	...propertiesParameter(OFFERED, 'the object ID'),
	description: 'What to read of each person; the object ID always comes along. A property that is not read changes nothing in the target.',
};

/** @param more further options of the operation */
export function extraUserPropertiesOption(more: readonly INodeProperties[] = []): INodeProperties {
	return extraPropertiesOption('Entra’s users', 'onPremisesExtensionAttributes, extension_0a1b2c_badge', more);
}

export function chosenProperties(context: IExecuteFunctions, itemIndex: number): string[] {
	return [...propertiesOfItem(context, itemIndex, OFFERED), ...extraPropertiesOfItem(context, itemIndex)];
}
