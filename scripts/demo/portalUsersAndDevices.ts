import { noWrites, unless, type Demo, type DemoCase, type DemoResult } from './demoCase';
import { synchronise } from './syncroContacts';

/** The dry run names whom it would invite; then they are invited, a few at a time, and nobody twice. */
export const portalUsersAndDevices: DemoCase = {
	template: 'portal-users-and-devices',
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		await synchronise(demo, await demo.execute('preview', { preview: true, allowHeldPlan: '' }, () => [], 'syncro-contacts'));
		await demo.execute('preview, as shipped', { preview: true, invite: false }, (result) => [...noWrites(result), ...unless(invited(demo).length === 0, 'Somebody was invited.')]);
		await demo.execute('preview with invitations', { invite: true, mostInvitations: 3 }, (result) => [
			...noWrites(result),
			...unless(created(result).length === 3, `The dry run would create and invite ${created(result).length} people, not 3.`),
			...unless(invited(demo).length === 0, 'The dry run invited somebody.'),
		]);
		await demo.execute('applied, three invitations a run', { preview: false }, (result) => [
			...result.summaries.filter(({ status }) => status !== 'succeeded').map(({ status, message }) => `A run ended as ${status}: ${message}`),
			...unless(invited(demo).length === 3, `${invited(demo).length} people were invited, not 3.`),
		]);
		await demo.execute('the next three', {}, () => [...unless(invited(demo).length === 6, `${invited(demo).length} people were invited after two runs, not 6.`), ...noneTwice(demo)]);
		await demo.execute('everybody else', { mostInvitations: 100 }, () => noneTwice(demo));
		await demo.execute('again, nothing changed', {}, noWrites);
	},
};

function created({ outcomes }: DemoResult): unknown[] {
	return outcomes.filter(({ action }) => action === 'create');
}

function invited({ workshop }: Demo): string[] {
	return workshop.simulators.syncro.state.invitations.map(({ email }) => email);
}

function noneTwice(demo: Demo): string[] {
	return unless(new Set(invited(demo)).size === invited(demo).length, 'Somebody was invited twice.');
}
