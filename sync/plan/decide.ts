import type { Change, FieldChange } from '../model/change';
import type { Match } from '../model/match';
import type { Held, Skipped } from '../model/plan';
import type { Policies } from '../model/policies';
import { sourceName, type SourceRecord } from '../model/sourceRecord';
import type { Refusal } from '../model/targetDefinition';
import type { TargetRecord } from '../model/targetRecord';
import { changedFields, changeOf, newFields, type Comparison } from './difference';
import { invitationFor, type Invitations } from './invitations';
import { decideClosed, decideLeaver, decideOutOfScope, goneSentence, leaveAsIs, rememberNamed } from './leavers';
import { settingName } from './settingNames';

/** What the plan does about one match: exactly one of these. */
export type Decision =
	| { kind: 'change'; change: Draft }
	| { kind: 'held'; held: Omit<Held, 'kind' | 'planId' | 'scope' | 'pairing'> }
	| { kind: 'skipped'; skipped: Skipped }
	| { kind: 'unchanged' }
	| { kind: 'unmanaged' }
	| { kind: 'unjudged' };

/** So many records are named that may be somebody's own. */
const SUGGESTED = 5;

/** A change before the plan has an id. */
export type Draft = Omit<Change, 'kind' | 'planId' | 'mode' | 'pairing'>;

export interface DecisionContext extends Comparison {
	policies: Policies;
	invitations: Invitations;
}

/** @returns what is done about a match; nothing is written */
export function decide(match: Match, context: DecisionContext): Decision {
	const suggestion = match.source && context.definition.onlySuggests?.(match.source);
	if (suggestion) return suggest(match, match.source!, suggestion, context);
	switch (match.outcome) {
		case 'matched':
			return decideMatched(match, match.source!, match.record!, context);
		case 'new':
			return decideNew(match.source!, context);
		case 'orphan':
			return decideLeaver(match, context.policies.orphaned, goneSentence(context.definition.nouns), 'orphaned', context);
		case 'outOfScope':
			return decideOutOfScope(match, context);
		case 'ambiguous':
			return decideAmbiguous(match, context);
		case 'closed':
			return decideClosed(match, context);
		case 'unjudged':
			// The ledger does not know the pair (any more): without it nobody would see that the record is closed one day.
			return match.rule === 'named' ? { kind: 'change', change: rememberNamed(match) } : { kind: 'unjudged' };
		case 'unmanaged':
			return { kind: 'unmanaged' };
	}
}

/** Whoever only suggests is skipped, with the record that may be its own. */
function suggest({ record, candidates = [] }: Match, source: SourceRecord, { code, reason }: Refusal, { definition: { nouns } }: DecisionContext): Decision {
	const found = (record ? [record] : candidates).slice(0, SUGGESTED).map(({ id, name }) => `${name ?? 'without a name'} (${id})`);
	const may = found.length === 0 ? `no ${nouns.record} fits it` : `it may be the ${nouns.record} ${found.join(' or ')}, in which nothing is changed`;
	return skip(source, code, `${reason}; ${may}`, record);
}

function decideMatched(match: Match, source: SourceRecord, record: TargetRecord, context: DecisionContext): Decision {
	const { policies, definition } = context;
	if (definition.accounts) {
		if (source.userType === 'Guest' && policies.guests === 'skip') {
			return match.rule === 'link' ? leaveAsIs(match, 'guest', 'is a guest', `${settingName('guests', definition.nouns)} says to skip them`, context) : skipGuest(source, context, record);
		}
		if (source.accountEnabled === false && policies.disabled !== 'sync') {
			// A record that was never linked is nobody's to mark or delete, however well it fits.
			if (match.rule !== 'link') return skip(source, 'disabled', `is disabled and was never linked to a ${definition.nouns.record}, so none is touched`, record);
			return decideLeaver(match, policies.disabled, 'is disabled in Microsoft 365', 'disabled', context);
		}
	}
	const { fields: changed, locked } = changedFields(source, record, { ...context, notKept: match.notKept });
	const written = [...changed, ...unmark(record, context)];
	const invitation = invitationFor(source, { fields: written, record, first: match.rule === 'openIntent' }, context);
	const fields = [...written, ...invitation.fields];
	const linked = match.rule === 'link';
	if (fields.length === 0 && linked) {
		if (invitation.unknown) return skip(source, 'invitationUnknown', invitation.unknown, record);
		if (locked.length === 0) return { kind: 'unchanged' };
		const reasons = locked.map(({ change, refusal }) => `${refusal.reason}; ${change.label} stays ${quoted(change.before)}, Microsoft 365 says ${quoted(change.after)}`);
		return skip(source, locked[0].refusal.code, reasons.join('; it '), record);
	}
	const instead = match.replaces === undefined ? '' : `, instead of the one with a ${definition.nouns.source} that is gone`;
	const reason = linked ? `The linked ${definition.nouns.record} differs from Microsoft 365.` : `Found by ${match.rule}; the pair is remembered from now on${instead}.`;
	const consequence = definition.consequence?.(record, fields);
	return {
		kind: 'change',
		change: {
			label: sourceName(source),
			action: fields.length === 0 ? 'link' : 'update',
			fields,
			reason: [reason, ...locked.map(({ refusal }) => `${sourceName(source)} ${refusal.reason}.`)].join(' '),
			...(consequence === undefined ? {} : { consequence }),
			sourceId: source.id,
			recordId: record.id,
			rule: match.rule,
			...(match.replaces === undefined ? {} : { replaces: match.replaces }),
		},
	};
}

/**
 * Somebody who is back: the mark of a leaver is taken off, where it is ours. Yes or no is no such mark: somebody in the
 * target may have said it as well, and blank is not its opposite. Mapped, the field follows the account.
 */
function unmark(record: TargetRecord, { policies, definition, mapping }: DecisionContext): FieldChange[] {
	if (policies.orphaned !== 'deactivate' && policies.disabled !== 'deactivate') return [];
	const field = definition.field(policies.mark.field);
	if (!field || mapping.some((row) => row.field.name === field.name) || /^(true|false)$/i.test(policies.mark.value.trim())) return [];
	const marked = changeOf(field, record, policies.mark.value, definition) === undefined;
	const change = marked ? changeOf(field, record, null, definition) : undefined;
	return change ? [change] : [];
}

function decideNew(source: SourceRecord, context: DecisionContext): Decision {
	const { policies, definition } = context;
	const { nouns } = definition;
	if (definition.accounts) {
		if (source.userType === 'Guest' && policies.guests === 'skip') return skipGuest(source, context);
		if (source.accountEnabled === false && policies.disabled !== 'sync') {
			return skip(source, 'disabled', `is disabled, and ${settingName('disabled', nouns)} does not say to sync them`);
		}
		if (source.userType === undefined && policies.guests === 'skip') return unread(source, 'userType', 'guests', context);
		if (source.accountEnabled === undefined && policies.disabled !== 'sync') return unread(source, 'accountEnabled', 'disabled', context);
	}
	const refusal = definition.refusesNew?.(source);
	if (refusal) return skip(source, refusal.code, refusal.reason, undefined, refusal.waits);
	if (policies.new === 'skip') return skip(source, 'new', `has no ${nouns.record}, and ${settingName('new', nouns)} says to skip them`);
	const written = newFields(source, context);
	const invitation = invitationFor(source, { fields: written, first: true }, context);
	const fields = [...written, ...invitation.fields];
	const named = definition.nameField === undefined || fields.some(({ field }) => field === definition.nameField);
	const nameLabel = (definition.field(definition.nameField ?? '')?.label ?? 'name').toLowerCase();
	if (policies.new === 'hold' || !named) {
		return {
			kind: 'held',
			held: {
				code: named ? 'new' : 'nameMissing',
				reason: `${sourceName(source)} has no ${nouns.record}${named ? '' : ` and no ${nameLabel}`} yet.`,
				whatToDo: named
					? `${settingName('new', nouns)} is set to hold them. Create the ${nouns.record} in the target by hand, or set ${settingName('new', nouns)} to create.`
					: `Fill in what is mapped to the ${nameLabel} in Entra, or map another property to it.`,
				action: 'create',
				sourceId: source.id,
				label: sourceName(source),
				fields,
			},
		};
	}
	return {
		kind: 'change',
		change: { label: sourceName(source), action: 'create', fields, reason: `Nothing in the target matches this ${nouns.source}.${invitation.earlier ?? ''}`, sourceId: source.id },
	};
}

function decideAmbiguous(match: Match, { definition: { nouns } }: DecisionContext): Decision {
	const { code, text } = match.reason!;
	const whatToDo = {
		severalRecords: `Merge or delete the superfluous ${nouns.records} in the target, or make what they are matched by differ; the next run then knows which one is meant.`,
		severalSources: `Correct one of these ${nouns.sources} in Microsoft 365, or the ${nouns.record}; no ${nouns.record} is written while several ${nouns.sources} claim it.`,
		recordMissing: `To have a new ${nouns.record} created, forget the link with Sync Ledger → Link → Forget. To keep it deleted, leave this ${nouns.source} out of the source list.`,
		linkConflict: `Delete the superfluous ${nouns.record} in the target; the next run adopts the one that remains.`,
	}[code];
	return {
		kind: 'held',
		held: {
			code,
			label: match.source ? sourceName(match.source) : 'Somebody',
			reason: text,
			whatToDo,
			sourceId: match.sourceId,
			candidates: match.candidates?.map(({ id, name, email }) => ({ id, name, email })),
		},
	};
}

/** A policy that cannot be judged must not be passed by: whoever it would leave out is not created. */
function unread(source: SourceRecord, property: string, setting: 'guests' | 'disabled', { definition: { nouns } }: DecisionContext): Decision {
	return {
		kind: 'held',
		held: {
			code: 'propertyNotRead',
			label: sourceName(source),
			reason: `${sourceName(source)} has no ${nouns.record}, and "${property}" was not read, so it is not known whether ${settingName(setting, nouns)} leaves this ${nouns.source} out.`,
			whatToDo: `Read the property ${property} as well, or choose another value for ${settingName(setting, nouns)}.`,
			action: 'create',
			sourceId: source.id,
		},
	};
}

function skipGuest(source: SourceRecord, { definition: { nouns } }: DecisionContext, record?: TargetRecord): Decision {
	return skip(source, 'guest', `is a guest, and ${settingName('guests', nouns)} says to skip them`, record);
}

function skip(source: SourceRecord, code: string, why: string, record?: TargetRecord, waits?: true): Decision {
	return { kind: 'skipped', skipped: { label: sourceName(source), sourceId: source.id, recordId: record?.id, code, reason: `${sourceName(source)} ${why}.`, ...(waits ? { waits } : {}) } };
}

function quoted(value: string | null | undefined): string {
	return value === null || value === undefined ? 'blank' : `"${value}"`;
}
