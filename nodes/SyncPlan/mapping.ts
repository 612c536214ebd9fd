import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../sync/model/syncError';
import { CONSTANT } from '../../sync/model/findingValues';
import type { TargetDefinition } from '../../sync/model/targetDefinition';
import { CUSTOM_FIELD, type FieldMapping } from '../../sync/model/targetRecord';
import { choice } from '../checkedParameters';

/** The value that stands for "I will type it" in the two lists of a mapping row. */
const TYPED = '__custom__';

/** The value that stands for a text that is the same for all records. */
const FIXED = '__text__';

interface MappingRow {
	field: string;
	customField?: string;
	source: string;
	customSource?: string;
	fixedText?: string;
	whenBlank?: FieldMapping['whenBlank'];
}

/** Every target has a mapping of its own, so that changing Target loses nothing. */
function mappingName({ name }: TargetDefinition): string {
	return `mapping_${name.replace(/\W/g, '_')}`;
}

/** The Field Mapping of one target. */
export function mappingProperty(target: TargetDefinition): INodeProperties {
	const { nouns } = target;
	const custom = target.freeFields === true || target.field(`${CUSTOM_FIELD}x`) !== undefined;
	const fixed = takesFixedText(target);
	const { name: customName, description: customDescription } = typedField(target);
	const fields = target.fields.filter(({ name }) => !target.fixedMapping?.some(({ field }) => field === name));
	return {
		displayName: 'Field Mapping',
		name: mappingName(target),
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		description: `Which property of the ${nouns.source} goes into which field of the ${target.title} ${nouns.record}. Fields that are not listed are never touched.`,
		default: { row: target.defaultMapping.map(({ field, source, whenBlank }) => rowOf(field, source, whenBlank, target)) } as unknown as INodeProperties['default'],
		options: [
			{
				displayName: 'Field',
				name: 'row',
				values: [
					{
						displayName: 'Target Field',
						name: 'field',
						type: 'options',
						default: fields[0]?.name ?? TYPED,
						options: [...fields.map(({ name, label }) => ({ name: label, value: name })), ...(custom ? [{ name: `${customName} …`, value: TYPED }] : [])],
					},
					...(custom
						? [
								{
									displayName: target.freeFields ? 'Field Name' : 'Custom Field Label',
									name: 'customField',
									type: 'string' as const,
									default: '',
									placeholder: 'e.g. Department',
									description: customDescription,
									displayOptions: { show: { field: [TYPED] } },
								},
							]
						: []),
					{
						displayName: 'Entra Property',
						name: 'source',
						type: 'options',
						default: target.sourceValues[0]?.name ?? TYPED,
						options: [...target.sourceValues.map(({ name, label, description }) => ({ name: label, value: name, description })), ...(fixed ? [{ name: 'Fixed Text …', value: FIXED }] : []), { name: 'Other Property …', value: TYPED }],
					},
					...(fixed
						? [
								{
									displayName: 'Fixed Text',
									name: 'fixedText',
									type: 'string' as const,
									default: '',
									placeholder: 'e.g. Security',
									description: `The same for every ${nouns.record}`,
									displayOptions: { show: { source: [FIXED] } },
								},
							]
						: []),
					{
						displayName: 'Other Property',
						name: 'customSource',
						type: 'string',
						default: '',
						placeholder: 'e.g. extensionAttribute1',
						description: 'Name of the property; it has to be among the properties that were read',
						displayOptions: { show: { source: [TYPED] } },
					},
					{
						displayName: 'When Blank in Entra',
						name: 'whenBlank',
						type: 'options',
						default: 'keep',
						options: [
							{ name: 'Clear the Field', value: 'clear', description: 'Empties the field in the target as well' },
							{ name: 'Keep What the Target Has', value: 'keep', description: 'A blank never overwrites, except in fields that this package computes (licence, MFA, counts)' },
						],
					},
				],
			},
		],
	};
}

/** A row as the panel holds it: what is in neither list is typed. */
function rowOf(field: string, source: string, whenBlank: FieldMapping['whenBlank'], target: TargetDefinition): MappingRow {
	const listedField = target.fields.some(({ name }) => name === field);
	const listedSource = target.sourceValues.some(({ name }) => name === source);
	return {
		...(listedField ? { field } : { field: TYPED, customField: typedFieldLabel(field) }),
		...(listedSource ? { source } : source.startsWith(CONSTANT) && takesFixedText(target) ? { source: FIXED, fixedText: source.slice(CONSTANT.length) } : { source: TYPED, customSource: source }),
		whenBlank,
	};
}

function takesFixedText({ derivedValue }: TargetDefinition): boolean {
	return derivedValue?.(`${CONSTANT}x`) !== undefined;
}

/** @throws SyncError class `input` for a row that leaves a name empty */
export function readMapping(context: IExecuteFunctions, target: TargetDefinition): FieldMapping[] {
	const { row = [] } = context.getNodeParameter(mappingName(target), 0, {}) as { row?: MappingRow[] };
	return row.map((one) => readRow(one, target));
}

function readRow({ field, customField = '', source, customSource = '', fixedText = '', whenBlank = 'keep' }: MappingRow, target: TargetDefinition): FieldMapping {
	if ((field === TYPED && !customField.trim()) || (source === TYPED && !customSource.trim()) || (source === FIXED && !fixedText.trim())) {
		throw new SyncError('A row of the field mapping names a custom field, another property or a fixed text, but leaves it empty.', {
			class: 'input',
			code: 'plan.incompleteMapping',
			remedy: 'Fill that in, in Field Mapping, or remove the row.',
		});
	}
	return {
		field: field === TYPED ? typedFieldName(customField.trim(), target) : field,
		source: source === TYPED ? customSource.trim() : source === FIXED ? CONSTANT + fixedText.trim() : source,
		whenBlank: choice(whenBlank, 'When Blank in Entra', ['keep', 'clear']),
	};
}

/** Fields that are not in the list: custom fields, or whatever a target without a list takes. */
function typedField({ freeFields, nouns }: TargetDefinition): { name: string; description: string } {
	return freeFields
		? { name: 'Field', description: `Name of the field of the ${nouns.record}, without dots; the node that applies says where it lies in the JSON` }
		: { name: 'Custom Field', description: `The label of the custom field of the ${nouns.record}, as it is written in the target` };
}

/** What is typed for a field. */
export function typedFieldLabel(field: string): string {
	return field.startsWith(CUSTOM_FIELD) ? field.slice(CUSTOM_FIELD.length) : field;
}

/** Custom fields lie under `properties` unless the target takes any name as it is. */
export function typedFieldName(label: string, target: Pick<TargetDefinition, 'freeFields'>): string {
	return target.freeFields ? label : CUSTOM_FIELD + label;
}
