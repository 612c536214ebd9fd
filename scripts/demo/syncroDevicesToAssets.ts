import { outputOf } from '../n8n/client';
import { noWrites, unless, type Demo, type DemoCase } from './demoCase';

const CUSTOMER = 101;

/** Existing assets are kept in step; new ones come only when that is asked for, and never twice. */
export const syncroDevicesToAssets: DemoCase = {
	template: 'syncro-devices-to-assets',
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		const { assets } = demo.workshop.simulators.syncro.state;
		// The front desk's computer has no asset yet.
		assets.delete(6001);
		await demo.execute('preview, as shipped', { preview: true, createAssets: false }, (result) => [
			...noWrites(result),
			...unless(outputOf(result.execution, 'What Is Held').length > 0, 'Two assets with one serial number are not held for a decision.'),
		]);
		// A technician took the superfluous one away.
		assets.delete(6003);
		const before = assetsOf(demo);
		await demo.execute('applied, nothing created', { preview: false }, (result) => [
			...unless(result.summary.status === 'succeeded', `The run ended as ${result.summary.status}: ${result.summary.message}`),
			...unless(assetsOf(demo) === before, 'An asset was created although nobody asked for it.'),
			...unless(result.outcomes.some(({ label, outcome }) => label === 'OPERATORY-2' && outcome === 'applied'), 'The asset with the serial number of OPERATORY-2 was not linked.'),
		]);
		await demo.execute('again, nothing changed', {}, noWrites);
		await demo.execute('devices without an asset get one', { createAssets: true, assetType: 'Syncro Device' }, (result) => [
			...unless(result.summary.status === 'succeeded', `The run ended as ${result.summary.status}: ${result.summary.message}`),
			// Two more have no serial number by which they could be known again: they get none.
			...unless(assetsOf(demo) === before + 1, `There were ${before} assets and one device that could get one; now there are ${assetsOf(demo)} assets.`),
			...unless([...assets.values()].some(({ name, asset_serial: serial }) => name === 'FRONT-DESK-01' && serial === 'PF4ABC12'), 'FRONT-DESK-01 has no asset.'),
		]);
		await demo.execute('again, nothing changed', {}, noWrites);
	},
};

function assetsOf({ workshop }: Demo): number {
	return workshop.simulators.syncro.state.assets.ordered().filter(({ customer_id: customer }) => customer === CUSTOMER).length;
}
