import type { DemoRow } from './demoCase';

const COLUMNS = ['template', 'read', 'created', 'updated', 'held', 'unchanged', 'seconds'] as const;

/** The rows as a table for a terminal, with what is wrong below it. */
export function table(rows: DemoRow[]): string {
	const cells = rows.map((row) => [`${row.template}: ${row.step}`, String(row.read), String(row.created), String(row.updated), String(row.held), String(row.unchanged), row.seconds.toFixed(1)]);
	const widths = COLUMNS.map((name, column) => Math.max(name.length, ...cells.map((cell) => cell[column].length)));
	const line = (values: readonly string[]): string => values.map((value, column) => (column === 0 ? value.padEnd(widths[0]) : value.padStart(widths[column]))).join('  ');
	return [line(COLUMNS), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line), ...rows.flatMap(({ template, step, faults }) => faults.map((fault) => `FAILED ${template}: ${step}: ${fault}`))].join('\n');
}
