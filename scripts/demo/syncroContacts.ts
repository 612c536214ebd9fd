import { HARBOR_TENANT_ID } from '../../simulators/world';
import type { SyncroSimulator } from '../../simulators/syncro';
import type { Workshop } from '../workshop/workshop';
import { noWrites, unless, type Demo, type DemoCase, type DemoResult } from './demoCase';

const CUSTOMER = 101;

/** As shipped (a preview), then for good, then once more with nothing left to do. */
export const syncroContacts: DemoCase = {
	template: 'syncro-contacts',
	show: async (demo) => {
		const { syncro } = demo.workshop.simulators;
		await demo.workshop.beginAfresh();
		const before = picture(syncro);
		const preview = await demo.execute('preview, as shipped', { preview: true }, (result) => [
			...noWrites(result),
			...unless(picture(syncro) === before, 'A preview changed the contacts.'),
			...unless((result.summary.counts?.create ?? 0) > 0, 'The preview finds nobody to create.'),
		]);
		await synchronise(demo, preview);
		await demo.execute('again, nothing changed', { preview: false, allowHeldPlan: '' }, (result) => [
			...noWrites(result),
			...unless(result.summary.status === 'succeeded', `The run ended as ${result.summary.status}.`),
			...unless((result.summary.counts?.create ?? 1) + (result.summary.counts?.update ?? 1) + (result.summary.counts?.link ?? 1) === 0, 'It plans changes although nothing changed.'),
			...unless((result.summary.counts?.unchanged ?? 0) > 0, 'It finds nobody unchanged.'),
		]);
	},
};

/** Carries the previewed plan out; one that is held as a whole is allowed by its id, as a person would. */
export async function synchronise(demo: Demo, preview: DemoResult): Promise<DemoResult> {
	const { syncro } = demo.workshop.simulators;
	const others = strangers(syncro);
	const held = preview.summary.status === 'held';
	return await demo.execute(
		held ? 'applied, the held plan allowed' : 'applied',
		{ preview: false, allowHeldPlan: held ? (preview.summary.planId ?? '') : '' },
		(result) => [
			...unless(result.writes > 0, 'Nothing was written.'),
			...unless(result.summary.status === 'succeeded', `The run ended as ${result.summary.status}: ${result.summary.message}`),
			...result.outcomes.filter(({ outcome }) => outcome !== 'applied').map(({ label, outcome, message }) => `${label}: ${outcome}. ${message}`),
			...unless(strangers(syncro) === others, 'Contacts that belong to nobody in the tenant, or to another customer, were changed.'),
			...people(demo.workshop),
		],
		'syncro-contacts',
	);
}

/** Every enabled member with a mailbox has a contact under their address, and one only; said of each who has not. */
function people({ simulators }: Workshop): string[] {
	const contacts = simulators.syncro.state.contactsOf(CUSTOMER);
	return simulators.microsoft.world
		.tenant(HARBOR_TENANT_ID)
		.users.filter(({ accountEnabled, userType, mail }) => accountEnabled && userType === 'Member' && mail)
		.flatMap(({ displayName, mail }) => {
			const theirs = contacts.filter(({ email }) => email?.toLowerCase() === mail!.toLowerCase());
			// Dana Cole has two from the start: for a person to decide.
			return theirs.length === 1 || mail === 'dana.cole@harbordental.example' ? [] : [`${displayName} has ${theirs.length} contacts.`];
		});
}

/** All contacts, to compare. */
export function picture(syncro: SyncroSimulator): string {
	return JSON.stringify(syncro.state.contactsOf());
}

/** The contacts that no sync of Harbor Dental may touch: its vendors, and everything of other customers. */
function strangers(syncro: SyncroSimulator): string {
	return JSON.stringify(syncro.state.contactsOf().filter(({ customer_id: customer, id }) => customer !== CUSTOMER || id === 5010 || id === 5011));
}
