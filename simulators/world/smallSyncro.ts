import { ALL_SYNCRO_PERMISSIONS, type SyncroSeed } from '../syncro/seed';
import { smallSyncroServices } from './smallSyncroServices';

export const SYNCRO_SUBDOMAIN = 'harbor-msp';
export const SYNCRO_TOKEN = 'sample-syncro-token-with-everything';
/** May list and search customers, and nothing else. */
export const SYNCRO_TOKEN_LIST_ONLY = 'sample-syncro-token-list-only';

/**
 * The Syncro account of the MSP that looks after Harbor Dental. Customer 101 holds contacts in every state that a
 * first sync of `smallTenant` can meet, and two that are nobody's users; customer 102 knows one of the same people.
 */
export function smallSyncro(): SyncroSeed {
	const pier = { address1: '400 Pier Avenue', city: 'Portland', state: 'OR', zip: '97209' };
	return {
		subdomain: SYNCRO_SUBDOMAIN,
		tokens: [
			{ token: SYNCRO_TOKEN, permissions: [...ALL_SYNCRO_PERMISSIONS] },
			{ token: SYNCRO_TOKEN_LIST_ONLY, permissions: ['Customers - List/Search'] },
		],
		customers: [
			{
				id: 101, business_name: 'Harbor Dental Group', firstname: 'Ada', lastname: 'Brandt', email: 'office@harbordental.example',
				phone: '5035550100', address: '400 Pier Avenue', city: 'Portland', state: 'OR', zip: '97209',
			},
			{ id: 102, business_name: 'Harbor Labs', email: 'hello@harborlabs.example', phone: '5035550200' },
			{ id: 103, business_name: 'Pier View Realty', email: 'pia@pierview.example' },
		],
		contacts: [
			// As Entra has her: nothing to do.
			{
				id: 5001, customer_id: 101, name: 'Ada Brandt', email: 'ada.brandt@harbordental.example', ...pier,
				phone: '15035550101', mobile: '15035550151', properties: { title: 'Office Manager' }, notes: 'Has the alarm code.',
			},
			// Somebody typed the name without diacritics.
			{
				id: 5002, customer_id: 101, name: 'Zoe Mueller', email: 'zoe.mueller@harbordental.example', ...pier,
				phone: '15035550102', properties: { title: 'Dentist' },
			},
			// One of the two John Smiths.
			{
				id: 5003, customer_id: 101, name: 'John Smith', email: 'john.smith@harbordental.example', ...pier,
				phone: '15035550104', properties: { title: 'Dental Hygienist' },
			},
			// Mary Lopez, under the address and name that she had before.
			{
				id: 5004, customer_id: 101, name: 'Mary Jones', email: 'mary.jones@harbordental.example', ...pier,
				phone: '15035550106', mobile: '15035550156', properties: { title: 'Dental Hygienist' },
			},
			// Twice the same address.
			{
				id: 5005, customer_id: 101, name: 'Dana Cole', email: 'dana.cole@harbordental.example', ...pier,
				phone: '15035550118', properties: { title: 'Receptionist' },
			},
			{ id: 5006, customer_id: 101, name: 'Dana Cole (front desk)', email: 'dana.cole@harbordental.example', phone: '15035550100' },
			// Entra holds neither title nor city for him: both stay.
			{
				id: 5007, customer_id: 101, name: 'Omar Haddad', email: 'omar.haddad@harbordental.example', ...pier,
				phone: '15035550114', properties: { title: 'IT Contractor', 'Preferred contact': 'Text message' },
			},
			// The leaver.
			{
				id: 5008, customer_id: 101, name: 'Paul Reyes', email: 'paul.reyes@harbordental.example', ...pier,
				phone: '15035550112', properties: { title: 'Dental Assistant' },
			},
			// Her address differs from Entra's in case only.
			{
				id: 5009, customer_id: 101, name: 'Ivy Stone', email: 'ivy.stone@harbordental.example', ...pier,
				phone: '15035550117', properties: { title: 'Billing Specialist' },
			},
			// As Entra has her, too: with seven contacts known, two new names are no landslide to the brakes.
			{
				id: 5012, customer_id: 101, name: 'Grace Kim', email: 'grace.kim@harbordental.example', ...pier,
				phone: '15035550115', properties: { title: 'Dental Hygienist' },
			},
			// Nobody's users.
			{ id: 5010, customer_id: 101, name: 'Carol Ledger (accountant)', email: 'carol@ledgerbooks.example', phone: '5035550300' },
			{ id: 5011, customer_id: 101, name: 'Dental Supply Co.', email: 'orders@dentalsupply.example', notes: 'Vendor: autoclave and X-ray.' },
			// The same person, known to another customer.
			{ id: 5020, customer_id: 102, name: 'Ada Brandt', email: 'ada.brandt@harbordental.example', phone: '5035550299' },
			{ id: 5021, customer_id: 102, name: 'Ida Novak', email: 'ida.novak@harborlabs.example' },
		],
		...smallSyncroServices(),
	};
}
