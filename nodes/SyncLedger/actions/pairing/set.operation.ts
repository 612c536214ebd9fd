import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { pairingItem } from '../items';
import { pairingProperties, readPairing } from '../pairingParameters';

export const setPairing: Operation = {
	value: 'set',
	name: 'Set',
	action: 'Set a pairing',
	description: 'Record which customer a tenant belongs to; a run of any other combination is refused from then on',
	properties: [
		...pairingProperties,
		{
			displayName: 'Replace',
			name: 'replace',
			type: 'boolean',
			default: false,
			description: 'Whether a pairing that contradicts this one is removed. Otherwise this one is refused, and the other is named.',
		},
		{
			displayName: 'Tentative',
			name: 'tentative',
			type: 'boolean',
			default: false,
			description: 'Whether the pairing is only tried out, for previews: it gives way to any other pairing of the tenant or customer, until it is set without this',
		},
		{
			displayName: 'Names',
			name: 'names',
			type: 'collection',
			placeholder: 'Add Name',
			default: {},
			options: [
				{ displayName: 'Customer Name', name: 'customerName', type: 'string', default: '', placeholder: 'e.g. Contoso Ltd', description: 'For lists and messages' },
				{
					displayName: 'Tenant Domains',
					name: 'tenantDomains',
					type: 'string',
					default: '',
					placeholder: 'e.g. contoso.com, contoso.de',
					description: 'Separated by commas, or a list from an expression',
				},
				{ displayName: 'Tenant Name', name: 'tenantName', type: 'string', default: '', placeholder: 'e.g. Contoso', description: 'For lists and messages' },
			],
		},
	],
	async perItem(itemIndex) {
		const pairing = readPairing(this, itemIndex);
		const names = this.getNodeParameter('names', itemIndex, {}) as Record<string, unknown>;
		const tentative = this.getNodeParameter('tentative', itemIndex, false) === true;
		const replace = this.getNodeParameter('replace', itemIndex, false) as boolean;
		const ledger = await openLedger(this, itemIndex);
		const record = await ledger.setPairing(
			{ ...pairing, ...name('tenantName', names), ...name('customerName', names), tenantDomains: domains(names.tenantDomains), ...(tentative ? { tentative } : {}) },
			{ replace },
		);
		return [pairingItem(record)];
	},
};

function name<K extends string>(key: K, names: Record<string, unknown>): { [key in K]?: string } {
	const value = String(names[key] ?? '').trim();
	return value === '' ? {} : ({ [key]: value } as { [key in K]?: string });
}

function domains(value: unknown): string[] {
	const list = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,;]+/);
	return [...new Set(list.map((domain) => domain.trim().toLowerCase()).filter((domain) => domain !== ''))];
}
