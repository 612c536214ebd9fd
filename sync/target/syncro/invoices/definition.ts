import { differenceOf, normalDecimal } from '../../../model/decimal';
import type { InvoiceLine } from '../../../model/invoiceLine';
import type { LicenceFamilyCount } from '../../../model/licenceFamilyCount';
import { amountOf, amountText } from '../../../model/money';
import type { Refusal, TargetDefinition } from '../../../model/targetDefinition';
import type { FieldValue, TargetField, TargetRecord } from '../../../model/targetRecord';
import { monthlyCents } from './frequency';

const QUANTITY: TargetField = { name: 'quantity', label: 'Quantity', type: 'number', required: true, billed: true };

function normalise(_field: TargetField, value: FieldValue): string {
	return normalDecimal(value ?? '') ?? '';
}

/** Quantities that are not ours to write. */
function locks(_field: TargetField, record: TargetRecord): Refusal | undefined {
	const line = record as InvoiceLine;
	const billed = `is billed by the line "${line.name ?? line.id}" of the recurring invoice "${line.scheduleName ?? line.scheduleId}"`;
	if (line.counter) return { code: 'counter', reason: `${billed}, whose quantity Syncro counts by itself` };
	if (line.paused) return { code: 'paused', reason: `${billed}, which is paused` };
	if (line.oneTimeCharge) return { code: 'oneTimeCharge', reason: `${billed}, which is charged once only` };
	if ((line.linesOfFamily ?? 1) > 1) {
		return { code: 'severalLines', reason: `${billed} and by ${line.linesOfFamily! - 1} more of this customer: how many of them are billed where is not known` };
	}
	return undefined;
}

/** What a new quantity changes of the bill, where the line has a price. */
function worthAMonth(record: TargetRecord, before: string, after: string): string | undefined {
	const { priceCents, frequency } = record as InvoiceLine;
	if (!priceCents) return undefined;
	const cents = monthlyCents(priceCents, differenceOf(after, before), frequency);
	return cents === undefined ? undefined : `${cents > 0 ? '+' : ''}${amountText(amountOf(cents))} a month`;
}

/** What the plan must know of the lines of Syncro's recurring invoices: only their quantities are kept up to date. */
export const syncroInvoiceLines: TargetDefinition = {
	name: 'syncro:invoice-lines',
	title: 'Syncro',
	nouns: { source: 'licence count', sources: 'licence counts', record: 'invoice line', records: 'invoice lines' },
	sourceKinds: ['licenceFamilyCount'],
	sourceLists: ['licenceFamilyCounts'],
	recordKind: 'invoiceLine',
	recordList: 'invoiceLines',
	readers: { sources: 'Microsoft 365 → Licence → Get Family Counts', records: 'Syncro → Recurring Invoice → Get Lines' },
	fields: [QUANTITY],
	defaultMapping: [{ field: QUANTITY.name, source: 'holders', whenBlank: 'keep' }],
	sourceValues: [
		{ name: 'holders', label: 'People Who Hold It', description: 'Disabled people, shared mailboxes and guests included: their licences are paid as well' },
		{
			name: 'enabledHolders',
			label: 'People Who Hold It and Can Sign In',
			description: 'Without those whose account is disabled',
			read: (source) => {
				const { holders, disabledHolders } = source as Partial<LicenceFamilyCount>;
				return holders === undefined || disabledHolders === undefined ? undefined : String(holders - disabledHolders);
			},
		},
	],
	adoptBy: [],
	policies: { new: 'skip', orphaned: 'leave', disabled: 'leave', guests: 'skip', mark: { field: '', value: '' } },
	// Neither lines nor invoices are made or taken away: what is billed at which price is for a person to agree on.
	choices: { new: ['skip', 'hold'], orphaned: ['leave'] },
	accounts: false,
	brakes: ['sourceShrank', 'billedChanges'],
	normalise,
	field: (name) => (name === QUANTITY.name ? QUANTITY : undefined),
	refusesNew: ({ holders }) => (holders === 0 ? { code: 'notHeld', reason: 'is held by nobody, so that no invoice line is missing' } : undefined),
	locks,
	consequence: (record, fields) => {
		const change = fields.find(({ field }) => field === QUANTITY.name);
		return change?.after ? worthAMonth(record, normalise(QUANTITY, change.before ?? null) || '0', normalise(QUANTITY, change.after)) : undefined;
	},
};
