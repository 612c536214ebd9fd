import { HARBOR_TENANT_ID, PEOPLE, PIERVIEW_TENANT_ID, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import { outputOf, passesOf } from '../n8n/client';
import { prepareTemplate } from '../workshop/runTemplate';
import { noWrites, unless, type Demo, type DemoCase, type DemoResult } from './demoCase';

const TEMPLATE = 'syncro-security-audit';
const CUSTOMER = 101;
/** Without MFA, as far as the report tells. */
const OMAR = 'Omar Haddad';

/** The table; then alerts, previewed, raised once and resolved when fixed; then tickets; then for all customers, one of whose tenants never installed the app. */
export const syncroSecurityAudit: DemoCase = {
	template: TEMPLATE,
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		const { syncro, microsoft } = demo.workshop.simulators;
		const harbor = microsoft.world.tenant(HARBOR_TENANT_ID);
		const { registration } = harbor.users.find(({ id }) => id === PEOPLE.omar)!;
		const asked = syncro.seen.length;
		await demo.execute('the table alone, as shipped', {}, (result) => [
			...noWrites(result),
			...table(result),
			...unless(syncro.seen.length === asked, 'Syncro was asked although nothing is raised.'),
			...unless(passesOf(result.execution, 'Start Run') === 0, 'A run was started although nothing is raised.'),
		]);
		try {
			await demo.execute('alerts, previewed', { raise: 'alerts' }, (result) => [...noWrites(result), ...table(result), ...unless(result.summary.counts?.create === findings(result), `It plans ${result.summary.counts?.create} alerts for ${findings(result)} findings.`)]);
			await demo.execute('alerts, raised', { preview: false }, (result) => [
				...unless(result.writes === findings(result) && openAlerts(demo).length === findings(result), `${result.writes} requests and ${openAlerts(demo).length} alerts for ${findings(result)} findings.`),
				...unless(openAlerts(demo).some((alert) => alert.includes(OMAR)), `No alert names ${OMAR}.`),
				...ended(result),
			]);
			await demo.execute('again, nothing changed', {}, (result) => [...noWrites(result), ...ended(result)]);
			harbor.updateUser(PEOPLE.omar, { registration: { isMfaCapable: true } });
			await demo.execute('one person has registered', {}, (result) => [
				...unless(result.writes > 0 && openAlerts(demo).length === findings(result), `${openAlerts(demo).length} alerts are open for ${findings(result)} findings.`),
				...unless(!openAlerts(demo).some((alert) => alert.includes(OMAR)), `The alert of ${OMAR} is still open.`),
				...ended(result),
			]);
			await demo.execute('tickets, opened', { raise: 'tickets' }, (result) => [
				...unless(openTickets(demo) === findings(result), `${openTickets(demo)} tickets are open for ${findings(result)} findings.`),
				...unless(syncro.state.outbox.length === 0, 'Syncro mailed the client.'),
				...ended(result),
			]);
			await demo.execute('again, nothing changed', {}, (result) => [...noWrites(result), ...ended(result)]);
			await forAll(demo);
		} finally {
			harbor.updateUser(PEOPLE.omar, { registration });
		}
	},
};

/** The job of syncro-run-jobs: what to raise comes from the audit's own settings, tenant and customer from the pairings. */
async function forAll(demo: Demo): Promise<void> {
	const workflowId = await prepareTemplate(demo.workshop, TEMPLATE, { tenantId: '', account: '', customerId: '' });
	await demo.workshop.n8n.client.activateWorkflow(workflowId);
	await demo.remember({ tenantId: PIERVIEW_TENANT_ID, customerId: '103', target: 'syncro', account: SYNCRO_SUBDOMAIN });
	const jobs = JSON.stringify([{ job: 'Security audit', workflowId }]);
	await demo.execute(
		'for all customers, one of whose tenants never installed the app',
		{ jobs, onlyCustomerId: '', preview: false },
		(result) => {
			const [summary] = outputOf(result.execution, 'Summary') as Array<{ status?: string; failed?: string; results?: Array<{ customer: string; status: string; message: string }> }>;
			return [
				...noWrites(result),
				...unless(summary?.status === 'partial' && summary.results?.length === 2, `The summary says ${summary?.status} of ${summary?.results?.length} jobs.`),
				...unless(summary?.results?.some(({ status }) => status === 'succeeded') === true, `No customer's audit succeeded: ${JSON.stringify(summary?.results)}`),
				...unless(summary?.failed?.includes(PIERVIEW_TENANT_ID) === true, `The summary does not say which tenant could not be read: ${summary?.failed}`),
				...unless(openTickets(demo) > 0, 'The tickets are gone.'),
			];
		},
		'syncro-run-jobs',
	);
}

/** Everybody without MFA is in it, administrators first, and nothing was left out. */
function table({ execution }: DemoResult): string[] {
	const [{ status, message, html }] = outputOf(execution, 'Table of Findings') as Array<{ status: string; message: string; html: string }>;
	return [...unless(status === 'succeeded', `The table is ${status}: ${message}`), ...unless(html.includes(OMAR), `The table does not name ${OMAR}.`), ...unless(!html.includes('Mary Lopez'), 'The table names Mary Lopez, who has MFA.')];
}

function findings({ execution }: DemoResult): number {
	return Number(outputOf(execution, 'Table of Findings')[0]?.findings);
}

function ended({ summary }: DemoResult): string[] {
	return unless(summary.status === 'succeeded', `The run ended as ${summary.status}: ${summary.message}`);
}

/** The text of each open alert that this package raised for the customer. */
function openAlerts({ workshop }: Demo): string[] {
	return workshop.simulators.syncro.state.alerts
		.ordered()
		.filter(({ customer_id: customer, resolved, formatted_output: details }) => customer === CUSTOMER && !resolved && details?.includes('[entra-sync '))
		.map(({ description, formatted_output: details }) => `${description} ${details}`);
}

function openTickets({ workshop }: Demo): number {
	return workshop.simulators.syncro.state.tickets.ordered().filter(({ customer_id: customer, status }) => customer === CUSTOMER && status !== 'Resolved').length;
}
