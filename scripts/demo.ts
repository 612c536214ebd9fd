import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES } from './demo/cases';
import { Demo, type DemoRow } from './demo/demoCase';
import { table } from './demo/report';
import { ROOT } from './package/build';
import { toConsole } from './progress';
import { readTemplates } from './workshop/templates';
import { openWorkshop, type Workshop } from './workshop/workshop';

/** `npm run demo`: executes every template in a real n8n against the simulators, and judges what came of it. */
async function main(): Promise<void> {
	const only = wanted();
	const names = readTemplates().map(({ name }) => name);
	if (only && !names.includes(only)) throw new Error(`There is no template "${only}"; there are ${names.join(', ')}.`);
	const workshop = await openWorkshop({ folder: join(ROOT, '.build', 'demo'), progress: toConsole });
	const rows: DemoRow[] = [];
	try {
		for (const name of names) if (!only || name === only) rows.push(...(await show(workshop, name)));
	} finally {
		await workshop.stop();
	}
	writeFileSync(join(ROOT, 'demo-report.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
	console.log(`\n${table(rows)}\n\nWritten to demo-report.json.`);
	process.exit(rows.every(({ faults }) => faults.length === 0) ? 0 : 1);
}

async function show(workshop: Workshop, name: string): Promise<DemoRow[]> {
	const demo = new Demo(workshop, name);
	const failed = (fault: string): DemoRow => ({ template: name, step: 'could not be shown', read: 0, created: 0, updated: 0, held: 0, unchanged: 0, seconds: 0, faults: [fault] });
	try {
		const demoCase = CASES.find(({ template }) => template === name);
		if (!demoCase) return [failed('scripts/demo has no case for it.')];
		await demoCase.show(demo);
		return demo.rows;
	} catch (error) {
		return [...demo.rows, failed(error instanceof Error ? error.message : String(error))];
	}
}

/** @returns the name after `--only` */
function wanted(): string | undefined {
	const index = process.argv.indexOf('--only');
	if (index < 0) return undefined;
	if (!process.argv[index + 1]) throw new Error('Name a template after --only.');
	return process.argv[index + 1];
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
