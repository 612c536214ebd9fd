import { PORTAL_CUSTOMER } from '../../simulators/world';
import { PORTAL_ACCOUNT } from '../workshop/credentials';
import { noWrites, unless, type Demo, type DemoCase } from './demoCase';

/** A portal that no node was made for gets the people and the devices; each once, and its own records stay. */
export const httpUsersAndDevices: DemoCase = {
	template: 'http-users-and-devices',
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		const before = contents(demo);
		const settings = { portalAccount: PORTAL_ACCOUNT, customerId: PORTAL_CUSTOMER };
		const preview = await demo.execute('preview, as shipped', { ...settings, preview: true }, (result) => [
			...noWrites(result),
			...unless(contents(demo) === before, 'A preview changed the portal.'),
			...unless(result.outcomes.some(({ outcome }) => outcome === 'previewed'), 'The preview shows no change.'),
		]);
		const allowHeldPlan = preview.summaries.find(({ status }) => status === 'held')?.planId ?? '';
		await demo.execute('applied', { preview: false, allowHeldPlan }, (result) => [
			...unless(result.writes > 0, 'Nothing was written.'),
			...result.outcomes.filter(({ outcome }) => outcome !== 'applied').map(({ label, outcome, message }) => `${label}: ${outcome}. ${message}`),
			...result.summaries.filter(({ status }) => status !== 'succeeded').map(({ status, message }) => `A run ended as ${status}: ${message}`),
			...welcomes(demo),
		]);
		await demo.execute('again, nothing changed', { allowHeldPlan: '' }, noWrites);
	},
};

function contents({ workshop: { simulators } }: Demo): string {
	const { users, devices } = simulators.portal.state;
	return JSON.stringify([users.rows, devices.rows]);
}

/** A second welcome mail tells that somebody was created twice. */
function welcomes({ workshop: { simulators } }: Demo): string[] {
	const addresses = simulators.portal.state.outbox;
	return unless(new Set(addresses).size === addresses.length, 'Somebody got two welcome mails.');
}
