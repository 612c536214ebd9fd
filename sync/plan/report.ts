import type { FieldChange } from '../model/change';
import type { Held, Plan, PlanCounts } from '../model/plan';

/** Names under which a plan's pairing is shown. */
export interface ReportNames {
	targetTitle: string;
	tenantName?: string;
	customerName?: string;
}

/** Rows of each table; the items on the canvas have them all. */
const ROWS = 50;

/** A cell of text or a table, before it becomes Markdown or HTML. */
type Block = { heading: string } | { text: string } | { head: string[]; rows: string[][]; more: number };

export function reportMarkdown(plan: Plan, names: ReportNames): string {
	return blocks(plan, names)
		.map((block) => {
			if ('heading' in block) return `### ${markdown(block.heading)}`;
			if ('text' in block) return markdown(block.text);
			const lines = [block.head, block.head.map(() => '---'), ...block.rows.map((row) => row.map(markdown))].map((row) => `| ${row.join(' | ')} |`);
			return [...lines, ...(block.more > 0 ? ['', `… and ${block.more} more`] : [])].join('\n');
		})
		.join('\n\n');
}

export function reportHtml(plan: Plan, names: ReportNames): string {
	return blocks(plan, names)
		.map((block) => {
			if ('heading' in block) return `<h3>${html(block.heading)}</h3>`;
			if ('text' in block) return `<p>${html(block.text)}</p>`;
			const head = `<tr>${block.head.map((cell) => `<th align="left">${html(cell)}</th>`).join('')}</tr>`;
			const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`).join('');
			return `<table border="1" cellpadding="4" cellspacing="0">${head}${rows}</table>${block.more > 0 ? `<p>… and ${block.more} more</p>` : ''}`;
		})
		.join('\n');
}

/** The plan in one sentence, for logs and notifications. */
export function headline(plan: Plan): string {
	const { counts, verdict, mode } = plan;
	const changes = sumOf(counts);
	if (verdict === 'held') return `Held: nothing is written until a person allows plan ${plan.planId} (${changes} changes).`;
	if (changes === 0) return `Nothing to do: ${counts.unchanged} contacts ${plan.listMode === 'incremental' ? 'of people who changed ' : ''}are up to date${counts.held > 0 ? `, ${counts.held} need a decision` : ''}.`;
	return `${mode === 'preview' ? 'Preview, nothing is written' : verdict === 'allowed' ? 'Allowed by a person' : 'Ready'}: ${phrase(counts)}.`;
}

function phrase(counts: PlanCounts): string {
	const parts = [
		[counts.create, 'to create'],
		[counts.update, 'to update'],
		[counts.link, 'to link'],
		[counts.deactivate, 'to mark as left'],
		[counts.delete, 'to delete'],
		[counts.held, 'held for a decision'],
	] as const;
	return parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(', ');
}

function sumOf({ create, update, link, deactivate, delete: removed }: PlanCounts): number {
	return create + update + link + deactivate + removed;
}

function blocks(plan: Plan, names: ReportNames): Block[] {
	const { pairing, counts } = plan;
	const whole = plan.held.filter(({ scope }) => scope === 'plan');
	const waiting = plan.held.filter(({ code }) => code === 'planHeld');
	const records = plan.held.filter(({ scope, code }) => scope === 'record' && code !== 'planHeld');
	const out: Block[] = [
		{ heading: `${names.tenantName ?? `Tenant ${pairing.tenantId}`} → ${names.targetTitle}, ${names.customerName ?? `customer ${pairing.customerId}`}` },
		{ text: headline(plan) },
		{
			head: ['People', 'Contacts', 'Create', 'Update', 'Link', 'Mark', 'Delete', 'Unchanged', 'Held', 'Skipped', 'Unmanaged'],
			rows: [[counts.people, counts.records, counts.create, counts.update, counts.link, counts.deactivate, counts.delete, counts.unchanged, counts.held, counts.skipped, counts.unmanaged].map(String)],
			more: 0,
		},
	];
	for (const { reason, whatToDo } of whole) out.push({ heading: 'Why the whole plan is held' }, { text: reason }, { text: whatToDo });
	if (records.length > 0) out.push({ heading: 'For you to decide' }, table(['Who', 'Why', 'What to do'], records, (one) => [one.label ?? '', one.reason, one.whatToDo]));
	const changes: Array<Pick<Held, 'label' | 'action' | 'fields'>> = [...plan.changes, ...waiting];
	const written = changes.filter(({ action }) => action !== 'link');
	if (written.length > 0) out.push({ heading: 'Changes' }, table(['Who', 'What', 'Fields'], written, ({ label, action, fields }) => [label ?? '', action ?? '', (fields ?? []).map(fieldText).join('; ')]));
	if (plan.skipped.length > 0) out.push({ heading: 'Skipped' }, table(['Who', 'Why'], plan.skipped, ({ label, reason }) => [label, reason]));
	out.push({ text: `Plan ${plan.planId}` });
	return out;
}

function table<T>(head: string[], list: readonly T[], row: (one: T) => string[]): Block {
	return { head, rows: list.slice(0, ROWS).map(row), more: Math.max(0, list.length - ROWS) };
}

function fieldText({ label, before, after }: FieldChange): string {
	const quote = (value: string | null) => (value === null ? 'blank' : `"${value}"`);
	return before === undefined ? `${label} ${quote(after)}` : `${label} ${quote(before)} → ${quote(after)}`;
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
