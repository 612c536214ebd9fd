import { SYNCRO_IDS } from '../../simulators/world/smallSyncroServices';
import { outputOf } from '../n8n/client';
import { noWrites, unless, type Demo, type DemoCase, type DemoResult } from './demoCase';
import { synchronise } from './syncroContacts';

const CUSTOMER = 101;
/** A line with a quantity of its own: nine are billed, two people hold the licence. */
const STANDARD = SYNCRO_IDS.scheduleLines.businessStandard;
const TEMPLATE = 'syncro-licences-and-billing';

/** Contacts exist already; then previewed, written, executed again with nothing to do, and the invoice written only when that is asked for and allowed. */
export const syncroLicencesAndBilling: DemoCase = {
	template: TEMPLATE,
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		await synchronise(demo, await demo.execute('preview', { preview: true, allowHeldPlan: '' }, () => [], 'syncro-contacts'));
		await demo.execute('preview, as shipped', { preview: true, writeInvoices: false }, (result) => [...noWrites(result), ...differences(result)]);
		const applied = await demo.execute('applied, invoices only compared', { preview: false }, (result) => [
			...unless(result.writes > 0, 'Nothing was written.'),
			...unless(resultOf(result) === 'succeeded', `It ended as ${resultOf(result)}.`),
			...unless(contact(demo, 'ada.brandt@harbordental.example').azure_license === 'Microsoft 365 Business Premium', `Ada's licence is ${String(contact(demo, 'ada.brandt@harbordental.example').azure_license)}.`),
			...customerFields(demo),
			...unless(quantity(demo, STANDARD) === 9, 'The invoice was written although nobody asked for it.'),
		]);
		// Microsoft hands each usage report to an app 14 times in ten minutes: no execution more than needed.
		await demo.execute('again, nothing changed; invoices to be written as well, and held: the quantity falls from 9 to 2', { writeInvoices: true }, (result) => [...noWrites(result), ...unless(resultOf(result) === 'held', `It ended as ${resultOf(result)}.`)]);
		const held = applied.summaries.find(({ status }) => status === 'held')?.planId;
		await demo.execute('written, after a person allowed exactly that plan', { allowHeldPlan: held ?? '' }, (result) => [
			...unless(result.writes === 1, `${result.writes} requests changed Syncro; only the quantity of one line differs.`),
			...unless(quantity(demo, STANDARD) === 2, `The line has the quantity ${quantity(demo, STANDARD)}.`),
			...unless(demo.workshop.simulators.syncro.state.quantitiesForCounters.length === 0, 'A quantity was sent to a line that Syncro counts by itself.'),
		]);
	},
};

function resultOf({ execution }: DemoResult): unknown {
	return outputOf(execution, 'Result')[0]?.status;
}

/** The comparison names what is billed and what is held, in numbers. */
function differences({ execution }: DemoResult): string[] {
	const compared = outputOf(execution, 'Compare With the Invoice');
	return [
		...unless(compared.some(({ verdict }) => verdict === 'invoiceMore' || verdict === 'invoiceLess'), 'No difference between licences and invoice is told.'),
		...unless(compared.some(({ markdown }) => typeof markdown === 'string' && markdown.length > 0), 'There is no readable comparison.'),
	];
}

function contact({ workshop }: Demo, email: string): Record<string, unknown> {
	return workshop.simulators.syncro.state.contactsOf(CUSTOMER).find((one) => one.email === email)?.properties ?? {};
}

function customerFields({ workshop }: Demo): string[] {
	const { properties } = workshop.simulators.syncro.state.customers.get(CUSTOMER)!;
	return ['microsoft_secure_score', 'azure_licensed_user_count'].flatMap((label) => unless(/^\d/.test(String(properties[label] ?? '')), `The customer's ${label} is "${String(properties[label] ?? '')}".`));
}

function quantity({ workshop }: Demo, line: number): number {
	const lines = workshop.simulators.syncro.state.schedules.ordered().flatMap((schedule) => schedule.lines);
	return Number(lines.find(({ id }) => id === line)!.quantity);
}
