/** A part of a report, before it becomes Markdown or HTML. */
export type Block = { heading: string } | { text: string } | { head: string[]; rows: string[][]; more: number };

/** Rows of each table; the items on the canvas have them all. */
export const ROWS = 50;

/** The first rows of a list as a table, with how many more there are. */
export function table<T>(head: string[], list: readonly T[], row: (one: T) => string[], rows = ROWS): Block {
	return { head, rows: list.slice(0, rows).map(row), more: Math.max(0, list.length - rows) };
}

export function blocksMarkdown(blocks: readonly Block[]): string {
	return blocks
		.map((block) => {
			if ('heading' in block) return `### ${markdown(block.heading)}`;
			if ('text' in block) return markdown(block.text);
			const lines = [block.head, block.head.map(() => '---'), ...block.rows.map((row) => row.map(markdown))].map((row) => `| ${row.join(' | ')} |`);
			return [...lines, ...(block.more > 0 ? ['', `… and ${block.more} more`] : [])].join('\n');
		})
		.join('\n\n');
}

export function blocksHtml(blocks: readonly Block[]): string {
	return blocks
		.map((block) => {
			if ('heading' in block) return `<h3>${html(block.heading)}</h3>`;
			if ('text' in block) return `<p>${html(block.text)}</p>`;
			const head = `<tr>${block.head.map((cell) => `<th align="left">${html(cell)}</th>`).join('')}</tr>`;
			const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`).join('');
			return `<table border="1" cellpadding="4" cellspacing="0">${head}${rows}</table>${block.more > 0 ? `<p>… and ${block.more} more</p>` : ''}`;
		})
		.join('\n');
}

/** Names come from directories: nothing in them may become markup. */
function markdown(text: string): string {
	return visible(text).replace(/:\/\//g, ': //').replace(/[\\`*_{}[\]<>|#]/g, (character) => `\\${character}`).replace(/\s*[\r\n]+\s*/g, ' ');
}

function html(text: string): string {
	return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Without the characters that show nothing or turn the reading direction: a name must read as what it is. */
function visible(text: string): string {
	return text.replace(/\p{Cf}/gu, '');
}
