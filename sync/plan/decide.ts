import { isBlank } from '../model/blank';
import type { Change } from '../model/change';
import type { Match } from '../model/match';
import type { Person } from '../model/person';
import type { Held, Skipped } from '../model/plan';
import type { TargetDefinition, TargetRecord } from '../model/targetRecord';
import { changedFields, changeOf, heldFields, newFields, type MappedField } from './difference';
import type { LeaverPolicy, Policies } from './settings';

/** What the plan does about one match: exactly one of these. */
export type Decision =
	| { kind: 'change'; change: Draft }
	| { kind: 'held'; held: Omit<Held, 'kind' | 'planId' | 'scope' | 'pairing'> }
	| { kind: 'skipped'; skipped: Skipped }
	| { kind: 'unchanged' }
	| { kind: 'unmanaged' }
	| { kind: 'unjudged' };

/** A change before the plan has an id. */
export type Draft = Omit<Change, 'kind' | 'planId' | 'mode' | 'pairing'>;

export interface DecisionContext {
	mapping: readonly MappedField[];
	policies: Policies;
	definition: TargetDefinition;
}

const WHAT_TO_DO: Record<string, string> = {
	severalRecords: 'Merge or delete the superfluous contacts in the target, or give them different e-mail addresses; the next run then knows which one is meant.',
	severalPeople: 'Correct the address of one of these people in Entra, or of the contact; no contact is written while several people claim it.',
	recordMissing: 'To have a new contact created, forget the link with Sync Ledger → Link → Forget. To keep it deleted, leave this person out of the source list.',
	linkConflict: 'Delete the superfluous contact in the target; the next run adopts the one that remains.',
};

export function decide(match: Match, context: DecisionContext): Decision {
	switch (match.outcome) {
		case 'matched':
			return decideMatched(match, match.person!, match.record!, context);
		case 'new':
			return decideNew(match.person!, context);
		case 'orphan':
			return decideLeaver(match, context.policies.orphaned, `was removed from Microsoft 365`, 'People Gone From Microsoft 365', context);
		case 'outOfScope':
			return decideOutOfScope(match, context);
		case 'ambiguous': {
			const { code, text } = match.reason!;
			return {
				kind: 'held',
				held: {
					code,
					label: nameOf(match.person),
					reason: text,
					whatToDo: WHAT_TO_DO[code],
					personId: match.personId,
					candidates: match.candidates?.map(({ id, name, email }) => ({ id, name, email })),
				},
			};
		}
		case 'unmanaged':
		case 'unjudged':
			return { kind: match.outcome };
	}
}

function decideMatched(match: Match, person: Person, record: TargetRecord, context: DecisionContext): Decision {
	const { policies, mapping, definition } = context;
	if (person.userType === 'Guest' && policies.guests === 'skip') return skipGuest(person, record);
	if (person.accountEnabled === false && policies.disabled !== 'sync') {
		// A contact that was never linked is nobody's to mark or delete, however well it fits.
		if (match.rule !== 'link') return skip(person, 'disabled', 'is disabled and was never linked to a contact, so none is touched', record);
		return decideLeaver(match, policies.disabled, 'is disabled in Microsoft 365', 'Disabled People', context);
	}
	const fields = [...changedFields(person, record, mapping, definition), ...unmark(record, context)];
	const linked = match.rule === 'link';
	if (fields.length === 0 && linked) return { kind: 'unchanged' };
	return {
		kind: 'change',
		change: {
			label: nameOf(person),
			action: fields.length === 0 ? 'link' : 'update',
			fields,
			reason: linked ? 'The linked contact differs from Microsoft 365.' : `Found by ${match.rule}; the pair is remembered from now on.`,
			personId: person.id,
			recordId: record.id,
			rule: match.rule,
		},
	};
}

/** Somebody who is back: the mark of a leaver is taken off, where it is ours. */
function unmark(record: TargetRecord, { policies, definition, mapping }: DecisionContext): ReturnType<typeof changedFields> {
	if (policies.orphaned !== 'deactivate' && policies.disabled !== 'deactivate') return [];
	const field = definition.field(policies.mark.field);
	if (!field || mapping.some((row) => row.field.name === field.name)) return [];
	const marked = changeOf(field, record, policies.mark.value, definition) === undefined;
	const change = marked ? changeOf(field, record, null, definition) : undefined;
	return change ? [change] : [];
}

function decideNew(person: Person, { policies, mapping, definition }: DecisionContext): Decision {
	if (person.userType === 'Guest' && policies.guests === 'skip') return skipGuest(person);
	if (person.accountEnabled === false && policies.disabled !== 'sync') {
		return skip(person, 'disabled', 'is disabled, and Disabled People does not say to sync them');
	}
	if (person.userType === undefined && policies.guests === 'skip') return unread(person, 'userType', 'Guests');
	if (person.accountEnabled === undefined && policies.disabled !== 'sync') return unread(person, 'accountEnabled', 'Disabled People');
	if (person.email === undefined || isBlank(person.email)) {
		return skip(person, 'noEmail', 'has no e-mail address (an onmicrosoft.com name does not count), so no contact can be matched or created');
	}
	if (policies.new === 'skip') return skip(person, 'new', 'has no contact, and New People says to skip them');
	const fields = newFields(person, mapping, definition);
	const named = fields.some(({ field }) => field === 'name');
	if (policies.new === 'hold' || !named) {
		return {
			kind: 'held',
			held: {
				code: named ? 'new' : 'nameMissing',
				reason: `${nameOf(person)} has no contact${named ? '' : ' and no name'} yet.`,
				whatToDo: named
					? 'New People is set to hold them. Create the contact in the target by hand, or set New People to create.'
					: 'Fill in the display name in Entra, or map another property to the name.',
				action: 'create',
				personId: person.id,
				label: nameOf(person),
				fields,
			},
		};
	}
	return {
		kind: 'change',
		change: { label: nameOf(person), action: 'create', fields, reason: 'Nobody in the target matches this person.', personId: person.id },
	};
}

function decideOutOfScope(match: Match, context: DecisionContext): Decision {
	if (match.whereabouts === 'disabled') {
		const policy = context.policies.disabled === 'sync' ? 'leave' : context.policies.disabled;
		return decideLeaver(match, policy, 'is disabled in Microsoft 365', 'Disabled People', context);
	}
	const why = {
		filteredOut: 'is in Microsoft 365, but the filters of the read leave this person out',
		softDeleted: 'was deleted in Microsoft 365 and can still be restored (30 days)',
		unchecked: 'is not in the source list, and was not looked up by id',
		gone: 'is gone',
	}[match.whereabouts ?? 'unchecked'];
	return { kind: 'skipped', skipped: { label: nameOf(match.record), personId: match.personId, recordId: match.record!.id, code: match.whereabouts ?? 'unchecked', reason: `${nameOf(match.record)} ${why}; the contact stays as it is.` } };
}

function decideLeaver(match: Match, policy: LeaverPolicy, why: string, setting: string, { policies, definition }: DecisionContext): Decision {
	const record = match.record!;
	const label = nameOf(match.person ?? record);
	const base = { label, personId: match.personId!, recordId: record.id };
	const reason = `${label} ${why}.`;
	switch (policy) {
		case 'leave':
			return { kind: 'skipped', skipped: { ...base, code: match.outcome === 'orphan' ? 'orphaned' : 'disabled', reason: `${label} ${why}; ${setting} says to leave the contact as it is.` } };
		case 'hold':
			return { kind: 'held', held: { ...base, code: match.outcome === 'orphan' ? 'orphaned' : 'disabled', reason, whatToDo: `Delete or keep the contact by hand, or choose something else under ${setting}.` } };
		case 'delete':
			return { kind: 'change', change: { ...base, action: 'delete', fields: heldFields(record, definition), reason, verifyBefore: true, unlink: true } };
		case 'deactivate': {
			const field = definition.field(policies.mark.field)!;
			const change = changeOf(field, record, policies.mark.value, definition);
			return change ? { kind: 'change', change: { ...base, action: 'deactivate', fields: [change], reason } } : { kind: 'unchanged' };
		}
	}
}

/** A policy that cannot be judged must not be passed by: whoever it would leave out is not created. */
function unread(person: Person, property: string, setting: string): Decision {
	return {
		kind: 'held',
		held: {
			code: 'propertyNotRead',
			label: nameOf(person),
			reason: `${nameOf(person)} has no contact, and "${property}" was not read, so it is not known whether ${setting} leaves this person out.`,
			whatToDo: `Read the property ${property} as well, or choose another value for ${setting}.`,
			action: 'create',
			personId: person.id,
		},
	};
}

function skipGuest(person: Person, record?: TargetRecord): Decision {
	return skip(person, 'guest', 'is a guest, and Guests says to skip them', record);
}

function skip(person: Person, code: string, why: string, record?: TargetRecord): Decision {
	return { kind: 'skipped', skipped: { label: nameOf(person), personId: person.id, recordId: record?.id, code, reason: `${nameOf(person)} ${why}.` } };
}

function nameOf(who: Person | TargetRecord | undefined): string {
	const name = who?.kind === 'person' ? (who as Person).displayName || (who as Person).userPrincipalName : (who as TargetRecord | undefined)?.name;
	return (typeof name === 'string' && name) || (typeof who?.email === 'string' && who.email) || who?.id || 'Somebody';
}
