import type { Refusal } from '../../model/targetDefinition';
import type { TargetField, TargetRecord } from '../../model/targetRecord';
import { propertyLabel } from './customField';

/**
 * Why a custom field is not written: there is none with this label. Syncro may take a value under any label, and keeps or
 * drops it; without a field nobody sees it, and what is dropped would be written again in every run.
 *
 * @param whose for example "customers"
 * @param create where it is created, in one sentence without a full stop
 */
export function lacksField({ name }: TargetField, { properties, allFields }: TargetRecord, whose: string, create: string): Refusal | undefined {
	const label = propertyLabel(name);
	if (label === undefined || allFields !== true || Object.hasOwn((properties ?? {}) as object, label)) return undefined;
	return { code: 'noCustomField', reason: `was not written into "${label}", because ${whose} in Syncro have no custom field of this name. ${create}` };
}
