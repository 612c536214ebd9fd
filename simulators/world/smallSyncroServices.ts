import type { SyncroFieldSeed, SyncroSeed } from '../syncro/seed';

/** Ids of what an administrator reads off Syncro's screens: no request lists the custom fields of contacts. */
export const SYNCRO_IDS = {
	/** The dropdown `azure_license`, and its answers from the lowest licence to the highest. */
	licenceField: 901,
	licenceAnswers: { businessBasic: 9011, appsForBusiness: 9012, businessStandard: 9013, businessPremium: 9014 },
	/** Name `Syncro Device`. */
	deviceType: 801,
	/** Harbor Dental's: two lines with fixed quantities, one that counts contacts by licence, and one that counts devices. */
	schedule: 701,
	scheduleLines: { support: 7001, businessPremium: 7002, businessStandard: 7003, devices: 7004 },
} as const;

const { licenceField, licenceAnswers, deviceType, schedule, scheduleLines } = SYNCRO_IDS;

/** What the MSP has prepared for Microsoft 365, and Harbor Dental's assets, recurring invoices, alerts and portal users. */
export function smallSyncroServices(): Omit<SyncroSeed, 'subdomain' | 'tokens' | 'customers' | 'contacts'> {
	return {
		customerFields: texts(1, 'microsoft_secure_score', 'azure_licensed_user_count', 'azure_active_user_count'),
		contactFields: [
			{
				id: licenceField,
				name: 'azure_license',
				answers: [
					{ id: licenceAnswers.businessBasic, content: 'Microsoft 365 Business Basic' },
					{ id: licenceAnswers.appsForBusiness, content: 'Microsoft 365 Apps for Business' },
					{ id: licenceAnswers.businessStandard, content: 'Microsoft 365 Business Standard' },
					{ id: licenceAnswers.businessPremium, content: 'Microsoft 365 Business Premium' },
				],
			},
			...texts(902, 'azure_mfa_status', 'azure_mfa_methods', 'azure_last_activity', 'M365 status', 'Preferred contact'),
		],
		assetTypes: [
			{ id: deviceType, name: 'Syncro Device', fields: texts(810, 'os', 'manufacturer', 'model', 'hdd', 'ram', 'cpu_name', 'last_boot') },
			{ id: 802, name: 'Printer', fields: texts(820, 'Toner') },
		],
		assets: [
			// The front desk's computer, as its Intune record has it.
			{ id: 6001, customer_id: 101, name: 'FRONT-DESK-01', asset_type: 'Syncro Device', asset_serial: 'PF4ABC12', contact_id: 5001, properties: { manufacturer: 'LENOVO', model: '21HD' } },
			// Twice the same serial number: somebody entered it again after a reinstallation.
			{ id: 6002, customer_id: 101, name: 'OPERATORY-2', asset_type: 'Syncro Device', asset_serial: 'PF4ABC13' },
			{ id: 6003, customer_id: 101, name: 'OPERATORY-2-OLD', asset_type: 'Syncro Device', asset_serial: 'pf4abc13' },
			// Home-built: the serial number is none.
			{ id: 6004, customer_id: 101, name: 'DESKTOP-OLDBOX', asset_type: 'Syncro Device', asset_serial: 'To Be Filled By O.E.M.' },
			// Without a serial number, and not a computer.
			{ id: 6005, customer_id: 101, name: 'Front desk printer', asset_type: 'Printer', properties: { Toner: 'CF226X' } },
			// Another customer's, under the same name.
			{ id: 6020, customer_id: 102, name: 'FRONT-DESK-01', asset_type: 'Syncro Device', asset_serial: 'PF9LAB77', contact_id: 5021 },
		],
		schedules: [
			{
				id: schedule, customer_id: 101, name: 'Managed services', next_run: '2026-12-01',
				lines: [
					{ id: scheduleLines.support, name: 'Support, flat', quantity: 1, retail_cents: 45_000 },
					{ id: scheduleLines.businessPremium, name: 'Microsoft 365 Business Premium', retail_cents: 2_200, cost_cents: 1_760, ...countsContacts(licenceAnswers.businessPremium) },
					{ id: scheduleLines.businessStandard, name: 'Microsoft 365 Business Standard', quantity: 9, retail_cents: 1_250, cost_cents: 1_000 },
					{ id: scheduleLines.devices, name: 'Managed devices', retail_cents: 900, recurring_type_id: 4, asset_type_id: deviceType },
				],
			},
			{ id: 702, customer_id: 102, name: 'Break and fix', paused: true },
		],
		alerts: [
			{ id: 3001, customer_id: 101, asset_id: 6002, description: 'low_hd_space_triggered', formatted_output: 'C: has 4 % left.', created_at: '2026-11-20T07:00:00Z' },
			{ id: 3002, customer_id: 101, asset_id: 6001, description: 'agent_offline_triggered', resolved: true, created_at: '2026-11-18T07:00:00Z' },
		],
		portalUsers: [
			{ id: 2001, customer_id: 101, contact_id: 5001, email: 'ada.brandt@harbordental.example' },
			// An anonymous login: nobody tied it to the contact 5012, whose address it is.
			{ id: 2002, customer_id: 101, email: 'grace.kim@harbordental.example' },
		],
	};
}

function texts(firstId: number, ...names: string[]): SyncroFieldSeed[] {
	return names.map((name, index) => ({ id: firstId + index, name }));
}

function countsContacts(contact_field_answer_id: number) {
	return { recurring_type_id: 6, contact_field_type_id: licenceField, contact_field_answer_id };
}
