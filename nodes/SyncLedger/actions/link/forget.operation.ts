import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { pairingLocator, readPairingLocator, required } from '../pairingParameters';

export const forgetLinks: Operation = {
	value: 'forget',
	name: 'Forget',
	action: 'Forget links',
	description: 'Let the next run match again by its rules; the target is not touched',
	properties: [
		pairingLocator,
		{
			displayName: 'Forget',
			name: 'forget',
			type: 'options',
			options: [
				{ name: 'All Links of the Pairing', value: 'all' },
				{ name: 'The Link of a Person', value: 'person' },
				{ name: 'The Link of a Record', value: 'record' },
			],
			default: 'person',
		},
		{
			displayName: 'Person ID',
			name: 'sourceId',
			type: 'string',
			required: true,
			default: '',
			description: 'The Entra object ID of the person',
			displayOptions: { show: { forget: ['person'] } },
		},
		{
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ID in the target; for Syncro that of the contact',
			displayOptions: { show: { forget: ['record'] } },
		},
	],
	async perItem(itemIndex) {
		const pairing = readPairingLocator(this, itemIndex);
		const forget = this.getNodeParameter('forget', itemIndex) as 'all' | 'person' | 'record';
		const read = (name: string, title: string) => required(this.getNodeParameter(name, itemIndex, ''), title);
		const which =
			forget === 'person'
				? { sourceId: read('sourceId', 'Person ID').toLowerCase() }
				: forget === 'record'
					? { recordId: read('recordId', 'Record ID') }
					: {};
		const ledger = await openLedger(this, itemIndex);
		return [{ ...pairing, ...which, forgotten: await ledger.forgetLink({ pairing, ...which }) }];
	},
};
