import { systemOf, type Pairing } from '../../../../sync/model/pairing';
import { choice } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { pairingLocator, readPairingLocator, required, sourceIdOf, TARGET_OPTIONS, wrongParameter } from '../pairingParameters';

const AS_PAIRED = 'asPaired';

export const forgetLinks: Operation = {
	value: 'forget',
	name: 'Forget',
	action: 'Forget links',
	description: 'Let the next run match again by its rules; the target is not touched',
	properties: [
		pairingLocator,
		{
			displayName: 'Kind of Records',
			name: 'records',
			type: 'options',
			options: [{ name: 'As the Pairing Says', value: AS_PAIRED, description: 'Of a pairing from the list those that the system is mainly about; for Syncro the contacts' }, ...TARGET_OPTIONS],
			default: AS_PAIRED,
			description: 'Whose links to forget: a tenant and a customer are paired once, and each kind of records has links of its own',
		},
		{
			displayName: 'Forget',
			name: 'forget',
			type: 'options',
			options: [
				{ name: 'All Links of the Pairing', value: 'all' },
				{ name: 'The Link of a Person or Other Source Record', value: 'person' },
				{ name: 'The Link of a Record', value: 'record' },
			],
			default: 'person',
		},
		{
			displayName: 'Person or Other Source ID',
			name: 'sourceId',
			type: 'string',
			required: true,
			default: '',
			description: 'The Entra object ID of the person, or the ID of another record of Microsoft 365, as the plan gives it in sourceId',
			displayOptions: { show: { forget: ['person'] } },
		},
		{
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ID in the target; for Syncro that of the contact, asset and so on',
			displayOptions: { show: { forget: ['record'] } },
		},
	],
	async perItem(itemIndex) {
		const pairing = ofRecords(readPairingLocator(this, itemIndex), this.getNodeParameter('records', itemIndex, AS_PAIRED));
		// An expression that gives nothing must not be taken for "all".
		const forget = choice(this.getNodeParameter('forget', itemIndex), 'Forget', ['all', 'person', 'record']);
		const read = (name: string, title: string) => required(this.getNodeParameter(name, itemIndex, ''), title);
		const which =
			forget === 'person'
				? { sourceId: sourceIdOf(read('sourceId', 'Person or Other Source ID')) }
				: forget === 'record'
					? { recordId: read('recordId', 'Record ID') }
					: {};
		const ledger = await openLedger(this, itemIndex);
		return [{ ...pairing, ...which, forgotten: await ledger.forgetLink({ pairing, ...which }) }];
	},
};

/** @throws SyncError (input) for records of another system than the pairing's */
function ofRecords(pairing: Pairing, records: unknown): Pairing {
	const target = choice(records, 'Kind of Records', [AS_PAIRED, ...TARGET_OPTIONS.map(({ value }) => String(value))]);
	if (target === AS_PAIRED) return pairing;
	if (systemOf(target) === systemOf(pairing.target)) return { ...pairing, target };
	throw wrongParameter(`Kind of Records is "${target}", but the pairing is one of ${pairing.target}.`, 'Choose records of the system of the pairing. Nothing was forgotten.');
}
