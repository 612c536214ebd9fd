import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../../sync/model/syncError';
import type { JsonType } from '../../../../sync/target/http/json';
import { DEFAULT_WRITE_SETTINGS, type FixedValue, type RequestTemplate, type WriteAction, type WriteSettings } from '../../../../sync/target/http/settings';
import { choice, wholeNumber } from '../../../checkedParameters';
import { placesProperty, readPlaces, textOf, TYPE_OPTIONS } from './parameters';

const ACTIONS = ['create', 'update', 'deactivate', 'delete'] as const;

const ACTION_OPTIONS = [
	{ name: 'Create', value: 'create' },
	{ name: 'Deactivate', value: 'deactivate' },
	{ name: 'Delete', value: 'delete' },
	{ name: 'Update', value: 'update' },
];

const METHOD_OPTIONS = ['DELETE', 'PATCH', 'POST', 'PUT'].map((name) => ({ name, value: name }));

/** What Apply Plan asks for. */
export const writeProperties: INodeProperties[] = [
	{
		displayName: 'Requests',
		name: 'requests',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Request',
		default: {
			request: [
				{ for: 'create', method: 'POST', path: '/users', send: 'changed' },
				{ for: 'update', method: 'PATCH', path: '/users/{recordId}', send: 'changed' },
				{ for: 'deactivate', method: 'PATCH', path: '/users/{recordId}', send: 'changed' },
			],
		},
		description: 'What is sent for each kind of change. A change whose kind is not here is held with that reason; records are deleted only with a row for Delete.',
		options: [
			{
				displayName: 'Request',
				name: 'request',
				values: [
					{ displayName: 'For', name: 'for', type: 'options', default: 'create', options: ACTION_OPTIONS, description: 'Which changes of the plan' },
					{ displayName: 'Method', name: 'method', type: 'options', default: 'POST', options: METHOD_OPTIONS },
					{
						displayName: 'Path',
						name: 'path',
						type: 'string',
						default: '',
						placeholder: 'e.g. /users/{recordId}',
						description: 'Continues the Base Address of the credential. {recordId}, {sourceId} (the ID in Microsoft 365), {tenantId} and {customerId} are filled in and encoded; for Create also fields, for example {email}, and no {recordId}.',
					},
					{
						displayName: 'Body',
						name: 'send',
						type: 'options',
						default: 'changed',
						options: [
							{ name: 'Changed Fields', value: 'changed', description: 'The fields of the change; for a new record all that are mapped and not blank' },
							{ name: 'Nothing', value: 'nothing', description: 'No fields, only Further Values' },
							{ name: 'Whole Record', value: 'whole', description: 'Every field as the record will be, for endpoints that replace it; the others are read with Read Path, or remembered' },
						],
						description: 'What of the record is sent, as JSON',
					},
				],
			},
		],
	},
	placesProperty,
	{
		displayName: 'Further Values',
		name: 'fixed',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Value',
		default: {},
		description: 'What the bodies have beside the fields, for example the customer or a role',
		options: [
			{
				displayName: 'Value',
				name: 'value',
				values: [
					{ displayName: 'JSON Key', name: 'path', type: 'string', default: '', placeholder: 'e.g. customer.number', description: 'Where it lies in the JSON; keys within keys with dots between them' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. {customerId}', description: 'Text, in which {sourceId}, {tenantId} and {customerId} are filled in' },
					{ displayName: 'Type', name: 'type', type: 'options', default: 'text', options: TYPE_OPTIONS },
					{ displayName: 'With', name: 'with', type: 'multiOptions', default: ['create'], options: ACTION_OPTIONS, description: 'With which changes it is sent' },
				],
			},
		],
	},
	{
		displayName: 'ID of a New Record',
		name: 'recordId',
		type: 'options',
		default: 'answer',
		description: 'By which ID the record is found again',
		options: [
			{ name: 'From the Answer', value: 'answer', description: 'The endpoint gives an ID and answers with it' },
			{ name: 'The ID in Microsoft 365', value: 'source', description: 'The endpoint takes the ID that it is given, for example PUT /users/{sourceId}' },
		],
	},
	{ displayName: 'ID Field', name: 'idPath', type: 'string', required: true, default: 'id', placeholder: 'e.g. data.number', description: 'Where the answer to a creation has the ID; keys within keys with dots between them', displayOptions: { show: { recordId: ['answer'] } } },
	{
		displayName: 'Check What Was Stored',
		name: 'verify',
		type: 'options',
		default: 'no',
		description: 'How to find out that the endpoint stored what was sent. Fields that it did not store are named in the outcome, and the next plan tries them again.',
		options: [
			{ name: 'By Its Answer', value: 'answer', description: 'The answers to writes have the whole record' },
			{ name: 'By Reading It Back', value: 'read', description: 'With Read Path; one request more for each change' },
			{ name: 'Do Not Check', value: 'no', description: 'What was sent counts as stored' },
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ displayName: 'Blank Fields As', name: 'blankAs', type: 'options', default: 'null', options: [{ name: 'Empty Text', value: 'empty' }, { name: 'Null', value: 'null' }], description: 'How a field is sent that is to be cleared' },
			{
				displayName: 'Creations That May Have Arrived',
				name: 'openCreates',
				type: 'options',
				default: 'leave',
				options: [
					{ name: 'Create Once More', value: 'send', description: 'For one run, after you looked at the endpoint' },
					{ name: 'Leave Them for a Person', value: 'leave', description: 'They fail with what to do' },
				],
				description: 'What to do where an earlier run was interrupted and neither an idempotency key nor Find Path can settle it',
			},
			{ displayName: 'Find Path', name: 'findPath', type: 'string', default: '', placeholder: 'e.g. /users?externalId={sourceId}', description: 'A GET that finds what a creation made whose reply was lost: by fields such as {email}, or {sourceId}, {customerId}. Empty: the endpoint cannot be asked.' },
			{ displayName: 'Idempotency Header', name: 'idempotencyHeader', type: 'string', default: DEFAULT_WRITE_SETTINGS.idempotencyHeader, description: 'Header in which each change has a key of its own, the same when it is sent once more. Empty: none is sent.' },
			{ displayName: 'Idempotency Keys Last (Hours)', name: 'keyHours', type: 'number', typeOptions: { minValue: 0 }, default: DEFAULT_WRITE_SETTINGS.keyHours, description: 'How long the endpoint remembers a key and carries out once what it gets twice; its documentation says so. 0: it does not, or nobody knows; then a creation whose reply was lost is not sent again unless Find Path shows that it is not there.' },
			{ displayName: 'List Field', name: 'listPath', type: 'string', default: '', placeholder: 'e.g. data', description: 'Where the answer to Find Path has the list. Empty: the answer is the list.' },
			{ displayName: 'Read Path', name: 'readPath', type: 'string', default: '', placeholder: 'e.g. /users/{recordId}', description: 'A GET that gives one record: it is read before it is changed, so that what somebody else changed since the plan is left alone. Empty: the endpoint cannot be read.' },
			{ displayName: 'Record Field', name: 'recordPath', type: 'string', default: '', placeholder: 'e.g. data.user', description: 'Where an answer has the record. Empty: the answer is the record.' },
		],
	},
];

/** @throws SyncError class `input` for rows that are not whole, or that are there twice */
export function readWriteSettings(context: IExecuteFunctions): WriteSettings {
	const options = context.getNodeParameter('options', 0, {}) as Record<string, unknown>;
	const from = choice(context.getNodeParameter('recordId', 0), 'ID of a New Record', ['answer', 'source']);
	const path = (name: string): string | undefined => textOf(options[name]) || undefined;
	const header = options.idempotencyHeader === undefined ? DEFAULT_WRITE_SETTINGS.idempotencyHeader : path('idempotencyHeader');
	return {
		requests: readRequests(context),
		places: readPlaces(context, 0),
		fixed: readFixed(context),
		blankAs: choice(options.blankAs ?? DEFAULT_WRITE_SETTINGS.blankAs, 'Blank Fields As', ['null', 'empty']),
		recordId: from === 'source' ? { from } : { from, path: textOf(context.getNodeParameter('idPath', 0)) || 'id' },
		readPath: path('readPath'),
		findPath: path('findPath'),
		recordPath: textOf(options.recordPath),
		listPath: textOf(options.listPath),
		verify: choice(context.getNodeParameter('verify', 0), 'Check What Was Stored', ['no', 'answer', 'read']),
		idempotencyHeader: header,
		keyHours: wholeNumber(options.keyHours ?? DEFAULT_WRITE_SETTINGS.keyHours, 'Idempotency Keys Last (Hours)', 0),
		openCreates: choice(options.openCreates ?? DEFAULT_WRITE_SETTINGS.openCreates, 'Creations That May Have Arrived', ['leave', 'send']),
	};
}

function readRequests(context: IExecuteFunctions): WriteSettings['requests'] {
	const { request = [] } = context.getNodeParameter('requests', 0, {}) as { request?: Array<Partial<RequestTemplate> & { for?: WriteAction }> };
	const requests: WriteSettings['requests'] = {};
	for (const row of request) {
		const action = choice(row.for, 'For', ACTIONS);
		const path = textOf(row.path);
		if (path === '' || requests[action]) {
			throw new SyncError(path === '' ? `The request for ${action} has no Path.` : `There are two requests for ${action}.`, { class: 'input', code: 'http.requests', remedy: 'Requests needs one row for each kind of change, each with its Path. Nothing was sent.' });
		}
		requests[action] = { method: choice(row.method, 'Method', ['POST', 'PUT', 'PATCH', 'DELETE']), path, send: choice(row.send ?? 'changed', 'Body', ['changed', 'whole', 'nothing']) };
	}
	return requests;
}

function readFixed(context: IExecuteFunctions): FixedValue[] {
	const { value = [] } = context.getNodeParameter('fixed', 0, {}) as { value?: Array<{ path?: unknown; value?: unknown; type?: JsonType; with?: WriteAction[] }> };
	return value.map((row) => ({
		path: textOf(row.path),
		value: typeof row.value === 'string' ? row.value : textOf(row.value),
		type: choice(row.type ?? 'text', 'Type', ['text', 'number', 'boolean']),
		with: (row.with ?? ['create']).map((action) => choice(action, 'With', ACTIONS)),
	}));
}
