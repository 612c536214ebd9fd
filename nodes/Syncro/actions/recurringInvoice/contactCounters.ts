import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../../sync/model/syncError';
import type { ContactCounters, OtherCounter } from '../../../../sync/target/syncro/invoices/contactCounters';
import { refuseEmptyExpression } from '../../../checkedParameters';

interface Row {
	counter?: unknown;
	label?: unknown;
	answer?: unknown;
}

/** The ids in the line of a counter: of the field, and of the answer where it counts only one. */
const IDS = /^(\d+)(?:\s*\/\s*(\d+))?$/;

const CONTACT_FIELD = 'Contact Field';
const OTHERS = 'Counters of Other Fields';

/** What the counters of contacts look at: Syncro lists the custom fields of contacts nowhere. */
export const contactCounterParameters: INodeProperties[] = [
	{
		displayName: CONTACT_FIELD,
		name: 'contactField',
		type: 'string',
		default: 'azure_license',
		description: 'Label of the custom field of contacts that the counters look at, with the names of the licence families as its answers. Letter for letter as in Syncro; empty if there is none.',
	},
	{
		displayName: OTHERS,
		name: 'counters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Counter',
		default: {},
		description: 'Counters that look at another field or another answer: for example where every licence family has a field of its own',
		options: [
			{
				name: 'counters',
				displayName: 'Counter',
				values: [
					{
						displayName: 'Counter',
						name: 'counter',
						type: 'string',
						default: '',
						placeholder: 'e.g. Microsoft 365 Business Premium',
						description: 'The licence family that its line bills. Or, where Get Lines shows contactFieldTypeId and contactFieldAnswerId, these two numbers, for example 901/9014.',
					},
					{ displayName: 'Label of the Field', name: 'label', type: 'string', default: '', placeholder: 'e.g. M365 Premium', description: 'Letter for letter as in Syncro' },
					{ displayName: 'Answer', name: 'answer', type: 'string', default: '', placeholder: 'e.g. Yes', description: 'The answer that is counted, letter for letter; empty counts every contact that has any' },
				],
			},
		],
	},
];

/** @throws SyncError (input) for a row that does not say which counter it is about, or what that looks at */
export function contactCountersOfItem(context: IExecuteFunctions, itemIndex: number): ContactCounters {
	const label = textOf(context.getNodeParameter('contactField', itemIndex, ''));
	refuseEmptyExpression(context.getNode(), ['contactField'], CONTACT_FIELD, label);
	const { counters = [] } = (context.getNodeParameter('counters', itemIndex, {}) ?? {}) as { counters?: Row[] };
	return { label, others: counters.map(counterOf) };
}

function counterOf(row: Row): OtherCounter {
	const [counter, label, answer] = [row.counter, row.label, row.answer].map(textOf);
	if (counter === '' || label === '') {
		throw new SyncError(`A row of ${OTHERS} does not name ${counter === '' ? 'its counter' : 'the label of its field'}.`, {
			class: 'input',
			code: 'parameter.counters',
			remedy: 'Fill in the row, or take it out of the list. Nothing was done.',
		});
	}
	const [, fieldTypeId, answerId = ''] = IDS.exec(counter) ?? [];
	return fieldTypeId === undefined ? { family: counter, label, answer } : { fieldTypeId, answerId, label, answer };
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
