import { HARBOR_TENANT_ID, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import { outputOf } from '../n8n/client';
import { noWrites, unless, type Demo, type DemoCase } from './demoCase';

const HARBOR = '101';
/** Another customer, connected to a tenant that does not exist any more. */
const NOBODY = { customerId: '102', tenantId: '00000000-0000-4000-8000-00000000dead' };

/** Two connected customers, of which the tenant of one is gone: the other is synced all the same, and the summary says so. */
export const syncroRunJobs: DemoCase = {
	template: 'syncro-run-jobs',
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		await connect(demo, { customerId: HARBOR, tenantId: HARBOR_TENANT_ID });
		await connect(demo, NOBODY);
		const contacts = demo.workshop.templates['syncro-contacts'];
		await demo.workshop.n8n.client.activateWorkflow(contacts);
		const jobs = JSON.stringify([{ job: 'Contacts', workflowId: contacts }]);
		await demo.execute('two customers, one of whose tenants is gone', { jobs, onlyCustomerId: '', preview: true }, (result) => {
			const [summary] = outputOf(result.execution, 'Summary') as Array<{ status?: string; failed?: string; results?: unknown[] }>;
			return [
				...noWrites(result),
				...unless(summary?.status === 'partial', `The summary says ${summary?.status}.`),
				...unless(summary?.results?.length === 2, `The summary knows ${summary?.results?.length} results.`),
				...unless(/tenant/i.test(summary?.failed ?? ''), `The summary does not say why: ${summary?.failed}`),
			];
		});
		await demo.execute('nothing to run', { jobs, onlyCustomerId: '999', preview: true }, (result) => [...noWrites(result), ...unless(outputOf(result.execution, 'Nothing to Run').length === 1, 'Nobody is told that no job was run.')]);
		await demo.execute('for one customer only', { jobs, onlyCustomerId: HARBOR, preview: true }, (result) => {
			const [summary] = outputOf(result.execution, 'Summary') as Array<{ status?: string; results?: unknown[] }>;
			return [...noWrites(result), ...unless(summary?.status === 'succeeded' && summary.results?.length === 1, `The summary says ${JSON.stringify(summary)}.`)];
		});
	},
};

async function connect(demo: Demo, pairing: { tenantId: string; customerId: string }): Promise<void> {
	await demo.remember({ ...pairing, target: 'syncro', account: SYNCRO_SUBDOMAIN });
}
