import { CASES } from '../../scripts/demo/cases';
import { Demo } from '../../scripts/demo/demoCase';
import { readTemplates } from '../../scripts/workshop/templates';
import { useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('demo');

describe('The demo', () => {
	it('has a case for every template that is shipped', () => {
		expect(CASES.map(({ template }) => template).sort()).toEqual(readTemplates().map(({ name }) => name));
	});
	// Microsoft's limits are kept here too: reading sign-ins again so soon takes up to a minute.
	it.each(CASES.map(({ template }) => template))('shows %s in a real n8n, and finds no fault in what came of it', async (template) => {
		const demo = new Demo(workshop(), template);
		await CASES.find((one) => one.template === template)!.show(demo);
		expect(demo.rows.length).toBeGreaterThan(0);
		expect(demo.rows.filter(({ faults }) => faults.length > 0)).toEqual([]);
	}, 240_000);
});
