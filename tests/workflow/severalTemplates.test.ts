import { HARBOR_TENANT_ID } from '../../simulators/world';
import type { Executed } from './support/inProcess';
import { openWorkbench, type Workbench } from './support/tenantAndCustomer';

let bench: Workbench;
beforeEach(async () => {
	bench = await openWorkbench();
}, 60_000);
afterEach(async () => await bench.stop());

const plan = (executed: Executed, node: string) => executed.output(node, 2)![0] as { verdict: string; counts: { sources: number } };

describe('two templates for the same customer, of which one reads many more people', () => {
	it('do not stop each other every night: the source shrank only by what the same workflow read before', async () => {
		const harbor = bench.simulators.microsoft.world.tenant(HARBOR_TENANT_ID);
		for (let n = 0; n < 4; n++) harbor.addUser({ userPrincipalName: `left${n}@harbordental.example`, displayName: `Left ${n}`, accountEnabled: false });
		for (let night = 0; night < 2; night++) {
			const contacts = await bench.run('syncro-contacts', { preview: false });
			const licences = await bench.run('syncro-licences-and-billing', { preview: false });
			expect([contacts.error, licences.error]).toEqual(['', '']);
			const [few, many] = [plan(contacts, 'Plan Changes'), plan(licences, 'Plan Contact Fields')];
			expect(many.counts.sources - few.counts.sources).toBeGreaterThanOrEqual(5);
			expect([few.verdict, many.verdict]).toEqual(['ok', 'ok']);
		}
	}, 60_000);
});
