import type { LicenceFamilyCount } from '../../../../sync/model/licenceFamilyCount';
import type { Pairing } from '../../../../sync/model/pairing';
import type { SyncroScheduleLineSeed, SyncroScheduleSeed, SyncroSeed } from '../../../../simulators/syncro/seed';
import { SEED } from './account';

export const PREMIUM = 'Microsoft 365 Business Premium';
export const STANDARD = 'Microsoft 365 Business Standard';
export const BASIC = 'Microsoft 365 Business Basic';

/** The account of the other tests, with these recurring invoices of customer 1, and what their counters need. */
export function seedWith(schedules: Array<Partial<SyncroScheduleSeed> & { lines: SyncroScheduleLineSeed[] }>): SyncroSeed {
	return {
		...SEED,
		contactFields: [
			{ id: 901, name: 'azure_license', answers: [{ id: 9013, content: STANDARD }, { id: 9014, content: PREMIUM }] },
			{ id: 902, name: 'M365 Premium', answers: [{ id: 9021, content: 'Yes' }] },
		],
		assetTypes: [{ id: 801, name: 'Syncro Device' }],
		schedules: schedules.map((schedule, index) => ({ id: 701 + index, customer_id: 1, name: `Invoice ${index + 1}`, ...schedule })),
	};
}

/** A line that counts the contacts whose azure_license is Business Premium. */
export const countsPremium = { recurring_type_id: 6, contact_field_type_id: 901, contact_field_answer_id: 9014 };

export const count = (family: string | null, holders: number, more: Partial<LicenceFamilyCount> = {}): LicenceFamilyCount => ({
	kind: 'licenceFamilyCount', tenantId: 'tenant', id: `tenant:${(family ?? 'no family').toLowerCase().replace(/ /g, '-')}`, family, rank: 1, holders, disabledHolders: 0, guestHolders: 0, skuIds: ['sku'], counted: 'highest', ...more,
});

export const linePairing = (tenantId = 'tenant'): Pairing => ({ tenantId, target: 'syncro:invoice-lines', account: 'acme', customerId: '1' });
