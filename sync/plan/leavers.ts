import type { FieldChange } from '../model/change';
import type { Match } from '../model/match';
import type { LeaverPolicy } from '../model/policies';
import { sourceName, type Nouns } from '../model/sourceRecord';
import type { TargetRecord } from '../model/targetRecord';
import type { Decision, DecisionContext, Draft } from './decide';
import { changedFields, changeOf, endedFields, heldFields, notKeptRefusal } from './difference';
import { settingName, titled } from './settingNames';

/** A linked record whose source is gone, or whose account is disabled. */
export function decideLeaver(match: Match, policy: LeaverPolicy, why: string, setting: 'orphaned' | 'disabled', context: DecisionContext): Decision {
	const { policies, definition } = context;
	const { nouns } = definition;
	const record = match.record!;
	const label = nameOf(match);
	const base = { label, sourceId: match.sourceId!, recordId: record.id };
	const reason = `${label} ${why}.`;
	switch (policy) {
		case 'leave':
			return leaveAsIs(match, setting, why, `${settingName(setting, nouns)} says to leave the ${nouns.record} as it is`, context);
		case 'hold':
			return { kind: 'held', held: { ...base, code: setting, reason, whatToDo: `${titled(nouns.removal?.verb ?? 'delete')} or keep the ${nouns.record} by hand, or choose something else under ${settingName(setting, nouns)}.` } };
		case 'delete':
			return { kind: 'change', change: { ...base, action: 'delete', fields: heldFields(record, definition), reason, verifyBefore: true, unlink: true } };
		case 'deactivate': {
			const mark = marking(policies.mark, match, context);
			const optOut = policies.optOut && definition.optOut && marking(definition.optOut, match, context);
			const fields = [...[mark, optOut].flatMap((change) => change || []), ...ends(match, context)];
			if (fields.length === 0) return { kind: 'unchanged' };
			return mark || optOut ? { kind: 'change', change: { ...base, action: 'deactivate', fields, reason } } : update(base, fields, reason);
		}
	}
}

/** The change that marks a record, unless it is marked, or the target did not keep the mark a short while ago. */
function marking({ field: name, value }: { field: string; value: string }, { record, notKept }: Match, context: DecisionContext): FieldChange | undefined {
	const field = context.definition.field(name)!;
	const change = changeOf(field, record!, value, context.definition);
	return change && !notKeptRefusal(field, change, { ...context, notKept }) ? change : undefined;
}

/** A linked record whose source is somewhere else than in the list, and not gone. */
export function decideOutOfScope(match: Match, context: DecisionContext): Decision {
	const { policies, definition: { nouns } } = context;
	if (match.whereabouts === 'disabled') {
		return decideLeaver(match, policies.disabled === 'sync' ? 'leave' : policies.disabled, 'is disabled in Microsoft 365', 'disabled', context);
	}
	const why = {
		filteredOut: `is in Microsoft 365, but the filters of the read leave this ${nouns.source} out`,
		softDeleted: 'was deleted in Microsoft 365 and can still be restored (30 days)',
		unchecked: 'is not in the source list, and was not looked up by id',
		gone: 'is gone',
	}[match.whereabouts ?? 'unchecked'];
	return leaveAsIs(match, match.whereabouts ?? 'unchecked', why, `the ${nouns.record} stays as it is`, context);
}

/** The linked record is not touched, but for what tells licences: a lost one would be billed for ever. */
export function leaveAsIs(match: Match, code: string, why: string, consequence: string, context: DecisionContext): Decision {
	const label = nameOf(match);
	const base = { label, sourceId: match.sourceId!, recordId: match.record!.id };
	const ended = ends(match, context);
	if (ended.length > 0) return update(base, ended, `${label} ${why}; these fields follow the licences all the same, the rest of the ${context.definition.nouns.record} stays as it is.`);
	return { kind: 'skipped', skipped: { ...base, code, reason: `${label} ${why}; ${consequence}.` } };
}

/**
 * A linked record that somebody closed. While its source is still there, that was a decision and none is opened in its
 * place; once the source is gone the pair is forgotten, so that one is opened when it comes again.
 */
export function decideClosed(match: Match, { definition: { nouns, title } }: DecisionContext): Decision {
	const recordId = match.recordId!;
	const base = { sourceId: match.sourceId!, recordId };
	if (!match.source) {
		const reason = `The ${nouns.record} ${recordId} was closed in ${title}, and the ${nouns.source} ${goneSentence(nouns)}: the pair is forgotten.`;
		return { kind: 'change', change: { ...base, label: base.sourceId, action: 'link', fields: [], reason, rule: match.rule, unlink: true } };
	}
	const label = sourceName(match.source);
	const reason = `${label}: the ${nouns.record} ${recordId} was closed in ${title}, which is respected. A new one is opened when this ${nouns.source} comes again after it was ${nouns.gone ?? 'gone'}, or when the pair is forgotten with Sync Ledger → Link → Forget.`;
	return { kind: 'skipped', skipped: { ...base, label, code: 'closedByHand', reason } };
}

/** Remembers a record that names its source, of which the list says nothing. */
export function rememberNamed(match: Match): Draft {
	return { label: nameOf(match), sourceId: match.sourceId!, recordId: match.record!.id, action: 'link', fields: [], reason: 'The record says itself whose it is; the pair is remembered from now on.', rule: match.rule };
}

/** What is said of a source record that is gone, after its name. */
export function goneSentence({ gone }: Nouns): string {
	return gone === undefined ? 'was removed from Microsoft 365' : `is ${gone}`;
}

/**
 * What ended with the source: by what it says, where it is there (a disabled account), and all of it where it was deleted,
 * or is only left out of the list and holds nothing that is paid any more.
 */
function ends(match: Match, context: DecisionContext): FieldChange[] {
	const record = match.record as TargetRecord;
	if (match.source) return changedFields(match.source, record, { ...context, notKept: match.notKept, mapping: context.mapping.filter(({ value }) => value.ends) }).fields;
	const ended = match.outcome === 'orphan' || match.whereabouts === 'softDeleted' || match.unlicensed;
	return ended ? endedFields(record, { ...context, notKept: match.notKept }) : [];
}

function update(base: { label: string; sourceId: string; recordId: string }, fields: FieldChange[], reason: string): Decision {
	return { kind: 'change', change: { ...base, action: 'update', fields, reason, rule: 'link' } };
}

/** The source's name where it is known, else the record's. */
function nameOf({ source, record }: Match): string {
	if (source) return sourceName(source);
	for (const value of [record?.name, record?.email]) if (typeof value === 'string' && value !== '') return value;
	return record?.id ?? 'Somebody';
}
