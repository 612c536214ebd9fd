import { HARBOR_TENANT_ID, LABS_TENANT_ID, O365_BUSINESS_PREMIUM, PEOPLE, PIERVIEW_TENANT_ID, SPB, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import { outputOf, passesOf } from '../n8n/client';
import type { Workshop } from '../workshop/workshop';
import { noWrites, unless, type Demo, type DemoCase, type DemoResult } from './demoCase';

/** Nobody uses these of Harbor Dental: one has left, one was last seen in May, one was never seen. */
const UNUSED: readonly string[] = [PEOPLE.leaver, PEOPLE.sean, PEOPLE.johnSmithAssistant];
const IDA = 'ida.novak@harborlabs.example';
const PRICES = { [SPB]: 22, [O365_BUSINESS_PREMIUM]: 12.5 };

/** What one execution puts into the node "Report". */
interface Report {
	status: string;
	subject: string;
	totals: Array<{ currency: string; wastedPerMonth: number; wastedPerYear: number }>;
	tenants: Array<{ tenantName: string; unused: number; wastedPerMonth?: number }>;
	notRead: Array<{ message: string }>;
	html: string;
}

/** Three connected tenants, one of which never installed the app: the others' waste in money, and who could not be read. */
export const unusedLicencesReport: DemoCase = {
	template: 'unused-licences-report',
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		await connectThreeTenants(demo);
		const restore = waste(demo.workshop);
		try {
			await demo.execute('preview, as shipped: without prices', {}, (result) => [
				...noWrites(result),
				...unless(reportOf(result).totals.length === 0, 'There is money without a price.'),
				...counts(result),
				...pierViewIsNamed(result),
				...notSent(result),
			]);
			await givePrices(demo.workshop);
			await demo.execute('with prices', {}, (result) => {
				const { totals, tenants, html } = reportOf(result);
				const money = JSON.stringify(totals.map(({ currency, wastedPerMonth, wastedPerYear }) => [currency, wastedPerMonth, wastedPerYear]));
				return [
					...noWrites(result),
					// Harbor Dental: 22 + 22 + 12.50; Harbor Labs: 22.
					...unless(money === '[["USD",78.5,942]]', `The total is ${money}.`),
					...unless(JSON.stringify(tenants.map(({ wastedPerMonth }) => wastedPerMonth)) === '[56.5,22]', `The tenants' money is ${JSON.stringify(tenants)}.`),
					...['Paul Reyes', 'Sean O', 'John Smith', 'Ida Novak'].flatMap((name) => unless(html.includes(name), `The message does not name ${name}.`)),
					...unless(!html.includes('Ada Brandt'), 'The message names Ada Brandt, who uses hers.'),
					...unless(!JSON.stringify(tenants).includes('Reyes'), 'The numbers name people.'),
					...pierViewIsNamed(result),
				];
			});
			await demo.execute('for one tenant that is named in the settings', { tenants: 'harbordental.example', preview: false }, (result) => {
				const { status, tenants } = reportOf(result);
				return [...unless(status === 'complete' && tenants.length === 1, `It is ${status}, of ${tenants.length} tenants.`), ...unless(passesOf(result.execution, 'Send Email') === 1, 'Nothing reached Send Email.')];
			});
		} finally {
			restore();
		}
	},
};

/** As an administrator who has run syncro-contacts for each. */
export async function connectThreeTenants(demo: Demo): Promise<void> {
	const customers = { [HARBOR_TENANT_ID]: '101', [LABS_TENANT_ID]: '102', [PIERVIEW_TENANT_ID]: '103' };
	for (const [tenantId, customerId] of Object.entries(customers)) await demo.remember({ tenantId, customerId, target: 'syncro', account: SYNCRO_SUBDOMAIN });
}

/** Everybody of Harbor Dental worked last week but those; Harbor Labs pays for somebody disabled. @returns how to undo that */
function waste({ simulators }: Workshop): () => void {
	const { world } = simulators.microsoft;
	const harbor = world.tenant(HARBOR_TENANT_ID);
	const labs = world.tenant(LABS_TENANT_ID);
	const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
	const before = harbor.users.filter(({ id }) => !UNUSED.includes(id)).map(({ id, activity }) => ({ id, activity }));
	for (const { id } of before) harbor.updateUser(id, { activity: { exchange: lastWeek } });
	labs.assignLicence(IDA, SPB);
	labs.disableUser(IDA);
	return () => {
		for (const { id, activity } of before) harbor.updateUser(id, { activity });
		labs.removeLicence(IDA, SPB);
		labs.enableUser(IDA);
	};
}

/** In the panel of the node, as a builder does. */
async function givePrices({ n8n, templates }: Workshop): Promise<void> {
	const id = templates['unused-licences-report'];
	const { nodes } = await n8n.client.getWorkflow(id);
	const price = Object.entries(PRICES).map(([skuId, pricePerMonth]) => ({ licence: { __rl: true, mode: 'list', value: skuId }, pricePerMonth }));
	nodes.find(({ name }) => name === 'Get Unused Licences')!.parameters.prices = { price };
	await n8n.client.updateWorkflow(id, { nodes });
}

function reportOf({ execution }: DemoResult): Report {
	return outputOf(execution, 'Report')[0] as unknown as Report;
}

function counts(result: DemoResult): string[] {
	const { tenants } = reportOf(result);
	const counted = tenants.map(({ tenantName, unused }) => `${tenantName} ${unused}`).join(', ');
	return unless(counted === 'Harbor Dental Group 3, Harbor Labs 1', `It counts ${counted}.`);
}

/** One tenant's failure is in the report, not in place of it. */
function pierViewIsNamed(result: DemoResult): string[] {
	const { status, notRead, html } = reportOf(result);
	const why = notRead.map(({ message }) => message).join(' ');
	return [...unless(status === 'partial', `The report says that it is ${status}.`), ...unless(why.includes(PIERVIEW_TENANT_ID) && html.includes(PIERVIEW_TENANT_ID), `The report does not say which tenant could not be read: ${why}`)];
}

function notSent({ execution }: DemoResult): string[] {
	return unless(outputOf(execution, 'Unless Preview').length === 0, 'A preview would send a message.');
}
