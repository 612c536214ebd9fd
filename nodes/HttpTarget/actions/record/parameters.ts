import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../../sync/model/syncError';
import { titled } from '../../../../sync/plan/settingNames';
import type { TargetDefinition } from '../../../../sync/model/targetDefinition';
import { HTTP_TARGETS } from '../../../../sync/target/http/definition';
import type { JsonType } from '../../../../sync/target/http/json';
import type { FieldPlace } from '../../../../sync/target/http/settings';
import { choice } from '../../../checkedParameters';

/** Which records a list is of. */
export const recordsProperty: INodeProperties = {
	displayName: 'Records',
	name: 'records',
	type: 'options',
	default: HTTP_TARGETS[0].name,
	options: HTTP_TARGETS.map(({ name, nouns }) => ({ name: titled(nouns.records), value: name })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
	description: 'What the records stand for; the same as Target in the Sync Ledger and Sync Plan nodes',
};

export const customerIdProperty: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 101',
	description: 'The customer within the endpoint, as in Sync Ledger → Run → Start. An endpoint that knows no customers gets any name, for example all.',
};

export const TYPE_OPTIONS = [
	{ name: 'Number', value: 'number' },
	{ name: 'Text', value: 'text' },
	{ name: 'Yes or No', value: 'boolean' },
];

/** Where the fields lie in the JSON of the endpoint: the same table for reading and for writing. */
export const placesProperty: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Field',
	default: {},
	description: 'Where the fields of the field mapping lie in the JSON of the endpoint. A field that is not listed lies under its own name, as text.',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{ displayName: 'Field', name: 'field', type: 'string', default: '', placeholder: 'e.g. email', description: 'Its name in the Field Mapping of Sync Plan' },
				{ displayName: 'JSON Key', name: 'path', type: 'string', default: '', placeholder: 'e.g. contact.email', description: 'Where it lies in the JSON; keys within keys with dots between them. Empty: its own name.' },
				{ displayName: 'Type', name: 'type', type: 'options', default: 'text', options: TYPE_OPTIONS, description: 'What the endpoint takes there' },
			],
		},
	],
};

/** The records that were chosen. */
export function chosenRecords(context: IExecuteFunctions, itemIndex: number): TargetDefinition {
	const name = choice(context.getNodeParameter('records', itemIndex), 'Records', HTTP_TARGETS.map((target) => target.name));
	return HTTP_TARGETS.find((target) => target.name === name)!;
}

/** A text that must be filled in; numbers of expressions become text. */
export function requiredText(context: IExecuteFunctions, name: string, title: string, itemIndex: number): string {
	const value: unknown = context.getNodeParameter(name, itemIndex);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text !== '') return text;
	throw new SyncError(`${title} is empty.`, { class: 'input', code: 'parameter.empty', remedy: `Fill in ${title}. If it is an expression, look whether the node it refers to gave an item.` });
}

export function readPlaces(context: IExecuteFunctions, itemIndex: number): FieldPlace[] {
	const { field = [] } = context.getNodeParameter('fields', itemIndex, {}) as { field?: Array<{ field?: unknown; path?: unknown; type?: JsonType }> };
	return field.map(({ field: name, path, type = 'text' }) => ({ field: textOf(name), path: textOf(path) || textOf(name), type: choice(type, 'Type', ['text', 'number', 'boolean']) }));
}

export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
