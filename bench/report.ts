import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from './measurement';
import { inFull } from './size';

const FILE = join(__dirname, 'results.json');

/**
 * Prints the measurements as a table and puts them into `bench/results.json`, each in the place of the last one of
 * that name. Measurements of another size than the published one are only printed.
 */
export function report(measurements: readonly Measurement[]): void {
	const rounded = measurements.map(round);
	console.log(`\n${table(rounded)}\n`);
	if (!inFull()) {
		console.log('Not written to bench/results.json: this was not the full size.');
		return;
	}
	const known = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Measurement[]) : [];
	const kept = known.filter(({ name }) => !rounded.some((measured) => measured.name === name));
	const all = [...kept, ...rounded].sort((a, b) => a.name.localeCompare(b.name, 'en'));
	writeFileSync(FILE, `${JSON.stringify(all, undefined, '\t')}\n`);
}

function round({ name, seconds, floorSeconds, ratio, peakMiB, requests, note }: Measurement): Measurement {
	return {
		name,
		seconds: significant(seconds),
		floorSeconds: significant(floorSeconds),
		ratio: Number(ratio.toFixed(2)),
		peakMiB: Math.round(peakMiB),
		requests,
		...(note === undefined ? {} : { note }),
	};
}

/** Three digits that count: more is noise. */
export function significant(value: number): number {
	return Number(value.toPrecision(3));
}

function table(measurements: readonly Measurement[]): string {
	const header = ['measurement', 'seconds', 'floor', 'ratio', 'peak MiB', 'requests'];
	const rows = measurements.map(({ name, seconds, floorSeconds, ratio, peakMiB, requests }) => [
		name,
		String(seconds),
		String(floorSeconds),
		ratio.toFixed(2),
		String(peakMiB),
		String(requests),
	]);
	const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
	const line = (cells: readonly string[]): string =>
		cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
	const lines = [line(header), widths.map((width) => '-'.repeat(width)).join('  ')];
	rows.forEach((row, index) => {
		lines.push(line(row));
		const { note } = measurements[index];
		if (note !== undefined) lines.push(`    ${note}`);
	});
	return lines.join('\n');
}
