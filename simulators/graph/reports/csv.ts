/** What a field holds; nothing is an empty field. */
export type Field = string | number | boolean | null | undefined;

/** One column: its heading, and its field for a row. */
export interface Column<Row> {
	name: string;
	value: (row: Row) => Field;
}

/** The file as the service writes it (contract B7): byte order mark, headings, `True` and `False`, quotes only where needed. */
export function csvFile<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): string {
	const lines = [columns.map(({ name }) => quoted(name)).join(',')];
	for (const row of rows) lines.push(columns.map(({ value }) => quoted(shown(value(row)))).join(','));
	return `\uFEFF${lines.join('\n')}\n`;
}

function shown(field: Field): string {
	if (field === undefined || field === null) return '';
	if (typeof field === 'boolean') return field ? 'True' : 'False';
	return String(field);
}

function quoted(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
