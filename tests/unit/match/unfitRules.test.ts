import type { IExecuteFunctions } from 'n8n-workflow';
import { matchInputs } from '../../../nodes/ContactMatch/matchInputs';

const facts = { kind: 'tenantFacts', tenantId: 't', id: 't', displayName: 'Northwind' };
const fields = { kind: 'customerFields', target: 'syncro:customers', account: 'msp', customerId: '1', id: '1', name: 'Northwind', of: 1 };
const pc = (kind: string, more: object) => ({ kind, tenantId: 't', ...more });
const asset = { kind: 'asset', target: 'syncro:assets', account: 'msp', customerId: '1', id: '5', name: 'PC', asset_serial: 'PF4ABC12', of: 1 };

/** The node without the ledger. */
async function match(sources: object[], records: object[], by: string[]) {
	const parameters: Record<string, unknown> = { useLinks: false, foreign: {}, rules: { rule: by.map((each) => ({ by: each })) } };
	const context = {
		getNode: () => ({ name: 'Contact Match' }),
		getWorkflowDataProxy: () => ({}),
		getInputData: (input: number) => [sources, records][input].map((json) => ({ json })),
		getNodeParameter: (name: string, _item: number, fallback: unknown) => parameters[name] ?? fallback,
	};
	return await matchInputs(context as unknown as IExecuteFunctions);
}

describe('Contact Match', () => {
	it('refuses rules by which such records cannot be found, and names those that can', async () => {
		await expect(match([facts], [fields], ['email', 'alias'])).rejects.toMatchObject({ message: 'None of the match rules "E-Mail", "Any Alias" can find customers.', remedy: 'Choose "Only One on Each Side" under Match Rules.' });
		expect(await match([facts], [fields], ['email', 'only'])).toMatchObject([{ json: { outcome: 'matched', rule: 'only' }, pairedItem: [{ item: 0, input: 0 }, { item: 0, input: 1 }] }]);
	});
	it('takes a machine that came from Intune and from Entra once, and still knows where it came from', async () => {
		const sources = [pc('device', { id: 'e', deviceId: 'd-1' }), pc('managedDevice', { id: 'm', azureADDeviceId: 'd-1', serialNumber: 'PF4ABC12' })];
		expect(await match(sources, [asset], ['serial'])).toMatchObject([{ json: { outcome: 'matched', sourceId: 'm' }, pairedItem: [{ item: 1, input: 0 }, { item: 0, input: 1 }] }]);
	});
	it('takes an empty list of one kind beside records of the other', async () => {
		const empty = { kind: 'emptyList', list: 'devices', note: '', tenantId: 't' };
		expect(await match([empty, pc('managedDevice', { id: 'm', serialNumber: 'PF4ABC12' })], [asset], ['serial'])).toMatchObject([{ json: { outcome: 'matched' } }]);
	});
});
