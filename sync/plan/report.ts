import type { FieldChange } from '../model/change';
import type { Held, Plan, PlanCounts } from '../model/plan';
import type { Nouns } from '../model/sourceRecord';
import { blocksHtml, blocksMarkdown, table, type Block } from '../report/blocks';
import { invitedAddress } from './invitations';
import { titled } from './settingNames';

/** Names under which a plan's pairing is shown. */
export interface ReportNames {
	targetTitle: string;
	nouns: Nouns;
	tenantName?: string;
	customerName?: string;
}

export function reportMarkdown(plan: Plan, names: ReportNames): string {
	return blocksMarkdown(blocks(plan, names));
}

export function reportHtml(plan: Plan, names: ReportNames): string {
	return blocksHtml(blocks(plan, names));
}

/** The plan in one sentence, for logs and notifications. */
export function headline(plan: Plan, nouns: Nouns): string {
	const { counts, verdict, mode } = plan;
	const changes = sumOf(counts);
	if (verdict === 'held') return `Held: nothing is written until somebody allows plan ${plan.planId} (${changes} changes).`;
	if (changes === 0) return `Nothing to do: ${counts.unchanged} ${nouns.records} ${plan.listMode === 'incremental' ? `of ${nouns.sources} that changed ` : ''}are up to date${counts.held > 0 ? `, ${counts.held} need a decision` : ''}.`;
	return `${mode === 'preview' ? 'Preview, nothing is written' : verdict === 'allowed' ? 'Allowed by a person' : 'Ready'}: ${phrase(counts, nouns)}.`;
}

function phrase(counts: PlanCounts, nouns: Nouns): string {
	const parts = [
		[counts.create, 'to create'],
		[counts.update, 'to update'],
		[counts.link, 'to link'],
		[counts.deactivate, 'to mark as left'],
		[counts.delete, `to ${removalOf(nouns)}`],
		[counts.held, 'held for a decision'],
	] as const;
	return parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(', ');
}

/** What taking a record away is called. */
function removalOf({ removal }: Nouns): string {
	return removal?.verb ?? 'delete';
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
		{ text: headline(plan, names.nouns) },
		{
			head: [titled(names.nouns.sources), titled(names.nouns.records), 'Create', 'Update', 'Link', 'Mark', titled(removalOf(names.nouns)), 'Unchanged', 'Held', 'Skipped', 'Unmanaged'],
			rows: [[counts.sources, counts.records, counts.create, counts.update, counts.link, counts.deactivate, counts.delete, counts.unchanged, counts.held, counts.skipped, counts.unmanaged].map(String)],
			more: 0,
		},
	];
	for (const { reason, whatToDo } of whole) out.push({ heading: 'Why the whole plan is held' }, { text: reason }, { text: whatToDo });
	if (records.length > 0) out.push({ heading: 'For you to decide' }, table(['Who', 'Why', 'What to do'], records, (one) => [one.label ?? '', one.reason, one.whatToDo]));
	const changes: Array<Pick<Held, 'label' | 'action' | 'fields' | 'consequence'>> = [...plan.changes, ...waiting];
	const written = changes.filter(({ action }) => action !== 'link');
	if (written.length > 0) {
		out.push({ heading: 'Changes' }, table(['Who', 'What', 'Fields'], written, ({ label, action, fields, consequence }) => [
			label ?? '',
			action === 'delete' ? removalOf(names.nouns) : (action ?? ''),
			`${(fields ?? []).map(fieldText).join('; ')}${consequence === undefined ? '' : ` (${consequence})`}`,
		]));
	}
	const invited = changes.filter((change) => invitedAddress(change) !== undefined);
	if (invited.length > 0) out.push({ heading: plan.mode === 'preview' ? 'Would be invited by mail' : 'Invited by mail' }, table(['Who', 'Address'], invited, (change) => [change.label ?? '', invitedAddress(change)!]));
	if (plan.skipped.length > 0) out.push({ heading: 'Skipped' }, table(['Who', 'Why'], plan.skipped, ({ label, reason }) => [label, reason]));
	out.push({ text: `Plan ${plan.planId}` });
	return out;
}

function fieldText({ label, before, after }: FieldChange): string {
	const quote = (value: string | null) => (value === null ? 'blank' : `"${value}"`);
	return before === undefined ? `${label} ${quote(after)}` : `${label} ${quote(before)} → ${quote(after)}`;
}
