import type { SyncroSimulator } from '../../simulators/syncro';
import type { DemoCase } from './demoCase';
import { synchronise } from './syncroContacts';

/** Takes the newest run that changed something back: first shown, then done. */
export const undoRun: DemoCase = {
	template: 'undo-run',
	show: async (demo) => {
		const { syncro } = demo.workshop.simulators;
		// A first sync, to take back.
		await demo.workshop.beginAfresh();
		const before = values(syncro);
		const preview = await demo.execute('preview', { preview: true, allowHeldPlan: '' }, () => [], 'syncro-contacts');
		const done = await synchronise(demo, preview);
		const after = values(syncro);
		const { runId } = done.summary;
		await demo.execute('preview, as shipped', { runId, preview: true }, ({ writes }) => [
			...(writes === 0 ? [] : ['A preview wrote to Syncro.']),
			...(values(syncro) === after ? [] : ['A preview changed the contacts.']),
		]);
		await demo.execute('undone', { runId, preview: false }, ({ outcomes }) => [
			...outcomes.filter(({ outcome }) => outcome !== 'applied').map(({ label, outcome, message }) => `${label}: ${outcome}. ${message}`),
			...(values(syncro) === before ? [] : ['The contacts do not hold what they held before the run.']),
		]);
	},
};

/** What the contacts hold, without the moments at which that changed. */
function values(syncro: SyncroSimulator): string {
	return JSON.stringify(syncro.state.contactsOf().map(({ updated_at: _updated, ...contact }) => contact));
}
