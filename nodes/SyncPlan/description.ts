import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { PERSON_VALUES } from '../../sync/plan/personValues';
import { DEFAULT_POLICIES, DEFAULT_SAFEGUARDS } from '../../sync/plan/settings';
import { TARGETS } from '../../sync/target';

const LEAVER_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Delete the Contact', value: 'delete', description: 'Removes the contact from the target; the brakes on removals apply' },
	{ name: 'Hold for a Decision', value: 'hold', description: 'Lists them on the Held output and writes nothing' },
	{ name: 'Leave as They Are', value: 'leave', description: 'Keeps the contact and reports it as skipped' },
	{ name: 'Mark in a Custom Field', value: 'deactivate', description: 'Writes the mark below into a custom field; nothing is removed' },
];

const CUSTOM = '__custom__';

const mappings = TARGETS.map((target): INodeProperties => ({
	displayName: 'Field Mapping',
	name: `mapping_${target.name}`,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Field',
	description: `Which property of the person goes into which field of the ${target.title} ${target.recordNoun}. Fields that are not listed are never touched.`,
	displayOptions: { show: { target: [target.name] } },
	default: { row: target.defaultMapping.map(({ field, source, whenBlank }) => ({ field, source, whenBlank })) },
	options: [
		{
			displayName: 'Field',
			name: 'row',
			values: [
				{
					displayName: 'Contact Field',
					name: 'field',
					type: 'options',
					default: 'name',
					options: [...target.fields.map(({ name, label }) => ({ name: label, value: name })), { name: 'Custom Field …', value: CUSTOM }],
				},
				{
					displayName: 'Custom Field Label',
					name: 'customField',
					type: 'string',
					default: '',
					placeholder: 'e.g. Department',
					description: 'The label of the contact custom field, as it is written in the target',
					displayOptions: { show: { field: [CUSTOM] } },
				},
				{
					displayName: 'Entra Property',
					name: 'source',
					type: 'options',
					default: 'displayName',
					options: [...PERSON_VALUES.map(({ name, label, description }) => ({ name: label, value: name, description })), { name: 'Other Property …', value: CUSTOM }],
				},
				{
					displayName: 'Other Property',
					name: 'customSource',
					type: 'string',
					default: '',
					placeholder: 'e.g. extensionAttribute1',
					description: 'Name of the property; it has to be among the properties that were read',
					displayOptions: { show: { source: [CUSTOM] } },
				},
				{
					displayName: 'When Blank in Entra',
					name: 'whenBlank',
					type: 'options',
					default: 'keep',
					options: [
						{ name: 'Clear the Field', value: 'clear', description: 'Empties the field in the target as well' },
						{ name: 'Keep What the Target Has', value: 'keep', description: 'A blank never overwrites' },
					],
				},
			],
		},
	],
}));

export const planProperties: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'preview',
		options: [
			{ name: 'Apply', value: 'apply', description: 'The changes on the first output are for carrying out' },
			{ name: 'Preview', value: 'preview', description: 'The same plan, marked as a preview: nothing is written, whatever follows' },
		],
		description: 'Whether the changes may be carried out by the nodes that follow',
	},
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		default: TARGETS[0].name,
		options: TARGETS.map(({ name, title, recordNoun }) => ({ name: `${title} ${recordNoun[0].toUpperCase()}${recordNoun.slice(1)}s`, value: name })),
	},
	{
		displayName: 'New People',
		name: 'newPeople',
		type: 'options',
		default: DEFAULT_POLICIES.new,
		description: 'What to do with people who have no contact yet',
		options: [
			{ name: 'Create a Contact', value: 'create' },
			{ name: 'Hold for a Decision', value: 'hold', description: 'Lists them on the Held output and writes nothing' },
			{ name: 'Skip', value: 'skip', description: 'Only existing contacts are kept up to date' },
		],
	},
	{
		displayName: 'People Gone From Microsoft 365',
		name: 'orphaned',
		type: 'options',
		default: DEFAULT_POLICIES.orphaned,
		description: 'What to do with the contact of somebody who was deleted for good, checked by object ID. Contacts that never belonged to a user are left alone.',
		options: LEAVER_OPTIONS,
	},
	{
		displayName: 'Disabled People',
		name: 'disabled',
		type: 'options',
		default: DEFAULT_POLICIES.disabled,
		description: 'What to do with the contact of somebody whose account is disabled',
		options: [...LEAVER_OPTIONS, { name: 'Sync Like Everybody', value: 'sync', description: 'For those that the read includes' }],
	},
	{
		displayName: 'Guests',
		name: 'guests',
		type: 'options',
		default: DEFAULT_POLICIES.guests,
		description: 'What to do with guests that the read includes',
		options: [
			{ name: 'Skip', value: 'skip' },
			{ name: 'Sync Like Members', value: 'sync' },
		],
	},
	{
		displayName: 'Allow Held Plan',
		name: 'allowPlanId',
		type: 'string',
		default: '',
		placeholder: 'e.g. plan-3f9a0c4be1d27785a6c0',
		description: 'The ID of a held plan that you looked at and want carried out: exactly that plan, once, within 24 hours after it was first held. Any other plan is still held.',
	},
	...mappings,
	{
		displayName: 'Mark of Those Who Left',
		name: 'mark',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Used where leavers are marked in a custom field',
		options: [
			{ displayName: 'Custom Field Label', name: 'label', type: 'string', default: DEFAULT_POLICIES.mark.field.replace(/^properties\./, ''), description: 'The label of the contact custom field, as it is written in the target' },
			{ displayName: 'Value', name: 'value', type: 'string', default: DEFAULT_POLICIES.mark.value },
		],
	},
	{
		displayName: 'Safeguards',
		name: 'safeguards',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		description: 'When the whole plan is held before its first write',
		options: [
			limit('Creations', 'maxCreates', 'Most contacts that may be created while existing contacts match nobody'),
			limit('Creations, Percent', 'maxCreatesPercent', 'The same as a share of the people; the higher of the two counts'),
			limit('Name and E-Mail Updates, Percent', 'maxIdentityUpdatesPercent', 'Largest share of matched contacts that may get another name or e-mail address'),
			limit('Percentages Count From', 'percentFrom', 'With fewer contacts than this, percentages are not judged'),
			limit('Removals', 'maxRemovals', 'Most contacts that may be deleted or marked as left'),
			limit('Removals, Percent', 'maxRemovalsPercent', 'The same as a share of the linked contacts; the lower of the two counts'),
			limit('Source Shrinks, at Least People', 'minSourceDrop', 'A source that is smaller by fewer people than this is never held'),
			limit('Source Shrinks, Percent', 'maxSourceDropPercent', 'How much smaller than in the last good run the source may be'),
		],
	},
];

function limit(displayName: string, name: keyof typeof DEFAULT_SAFEGUARDS, description: string): INodeProperties {
	return { displayName, name, type: 'number', typeOptions: { minValue: 0, numberPrecision: 0 }, default: DEFAULT_SAFEGUARDS[name], description };
}

/** The value that stands for "I will type it" in the two lists of a mapping row. */
export const TYPED = CUSTOM;
