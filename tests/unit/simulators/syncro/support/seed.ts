import { ALL_SYNCRO_PERMISSIONS, type SyncroSeed } from '../../../../../simulators/syncro/seed';

/** Two customers with a contact each, and one record at least of every other kind. */
export const SEED: SyncroSeed = {
	subdomain: 'acme',
	tokens: [
		{ token: 'all', permissions: [...ALL_SYNCRO_PERMISSIONS] },
		...ALL_SYNCRO_PERMISSIONS.map((permission) => ({ token: permission, permissions: [permission] })),
	],
	customerFields: [{ id: 1, name: 'Score' }, { id: 2, name: 'Plan', answers: [{ id: 21, content: 'Gold' }, { id: 22, content: 'Silver' }] }],
	customers: [
		{ id: 1, business_name: 'Harbor Dental', email: 'office@harbor.example', phone: '555-0100', properties: { Score: '40', Plan: 'Gold' } },
		{ id: 2, business_name: 'Labs' },
	],
	contactFields: [
		{ id: 3, name: 'Licence', answers: [{ id: 31, content: 'Basic' }, { id: 32, content: 'Premium' }] },
		{ id: 4, name: 'Last seen' },
	],
	contacts: [
		{ id: 11, customer_id: 1, name: 'Ada', email: 'ada@harbor.example', mobile: '5550111', properties: { Licence: 'Premium' } },
		{ id: 12, customer_id: 1, name: 'Bob', properties: { Licence: 'Basic' } },
		{ id: 21, customer_id: 2, name: 'Ida', email: 'ida@labs.example', properties: { Licence: 'Premium' } },
	],
	assetTypes: [{ id: 5, name: 'Syncro Device', fields: [{ id: 51, name: 'os' }, { id: 52, name: 'Size', answers: [{ id: 521, content: 'Medium' }] }] }, { id: 6, name: 'Printer' }],
	assets: [
		{ id: 101, customer_id: 1, name: 'DESK', asset_type: 'Syncro Device', asset_serial: 'PF1', contact_id: 11, properties: { os: 'Windows 11' } },
		{ id: 102, customer_id: 1, name: 'LASER', asset_type: 'Printer' },
		{ id: 103, customer_id: 2, name: 'BENCH', asset_type: 'Syncro Device', asset_serial: 'PF2' },
	],
	schedules: [
		{
			id: 201, customer_id: 1, name: 'Monthly', lines: [
				{ id: 301, name: 'Flat', quantity: 2.5, retail_cents: 1000 },
				{ id: 302, name: 'Premium', retail_cents: 2000, recurring_type_id: 6, contact_field_type_id: 3, contact_field_answer_id: 32 },
				{ id: 303, name: 'Devices', retail_cents: 100, recurring_type_id: 4, asset_type_id: 5 },
			],
		},
		{ id: 202, customer_id: 2, name: 'Other' },
	],
	alerts: [{ id: 401, customer_id: 1, asset_id: 101, description: 'low_hd_space_triggered', formatted_output: 'C: is full' }, { id: 402, customer_id: 2, description: 'old', resolved: true }],
	portalUsers: [{ id: 501, customer_id: 1, contact_id: 11, email: 'ada@harbor.example' }, { id: 502, customer_id: 2, email: 'broken address' }],
};
