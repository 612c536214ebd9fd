import type { IExecuteFunctions } from 'n8n-workflow';
import type { LeaverPolicy, Policies } from '../../sync/model/policies';
import { SyncError } from '../../sync/model/syncError';
import { fieldRemedy, type TargetDefinition } from '../../sync/model/targetDefinition';
import { DEFAULT_ACTIVITY, DEFAULT_INVITATIONS, defaultSafeguards, type PlanSettings, type Safeguards } from '../../sync/plan/settings';
import { settingName } from '../../sync/plan/settingNames';
import { choice, wholeNumber } from '../checkedParameters';
import { readMapping, typedFieldName } from './mapping';

/** The plan's settings from the node's parameters; what is not set, or not asked for this target, has the target's default. */
export function readSettings(context: IExecuteFunctions, definition: TargetDefinition): PlanSettings {
	return {
		mapping: readMapping(context, definition),
		policies: readPolicies(context, definition),
		activity: readActivity(context, definition),
		invitations: readInvitations(context, definition),
		safeguards: { ...defaultSafeguards(definition), ...readLimits(context.getNodeParameter('safeguards', 0, {}) as Record<string, unknown>) },
	};
}

function readPolicies(context: IExecuteFunctions, definition: TargetDefinition): Policies {
	const { nouns, choices, policies, accounts } = definition;
	const read = <T extends string>(name: string, setting: Parameters<typeof settingName>[0], allowed: readonly T[]): T =>
		choice(context.getNodeParameter(name, 0), settingName(setting, nouns), [...allowed]);
	const leaver: readonly LeaverPolicy[] = choices.orphaned;
	return {
		new: choices.new.length > 1 ? read('newSources', 'new', choices.new) : policies.new,
		orphaned: leaver.length > 1 ? read('orphaned', 'orphaned', leaver) : policies.orphaned,
		disabled: accounts ? read('disabled', 'disabled', [...leaver, 'sync']) : policies.disabled,
		guests: accounts ? read('guests', 'guests', ['skip', 'sync']) : policies.guests,
		...(leaver.includes('deactivate') ? readMark(context, definition) : { mark: policies.mark }),
	};
}

function readMark(context: IExecuteFunctions, definition: TargetDefinition): Pick<Policies, 'mark' | 'optOut'> {
	const { mark } = definition.policies;
	const { label, value, optOut } = context.getNodeParameter('mark', 0, {}) as { label?: string; value?: string; optOut?: boolean };
	const field = label?.trim() ? typedFieldName(label.trim(), definition) : mark.field;
	if (!definition.field(field)) {
		throw new SyncError(`The mark of those that left is to be written into "${field}", which a ${definition.title} ${definition.nouns.record} does not have.`, { class: 'input', code: 'plan.unknownField', remedy: fieldRemedy(definition) });
	}
	return { mark: { field, value: value?.trim() || mark.value }, ...(optOut === true ? { optOut } : {}) };
}

function readActivity(context: IExecuteFunctions, { sourceValues }: TargetDefinition): PlanSettings['activity'] {
	if (!sourceValues.some(({ activity }) => activity)) return DEFAULT_ACTIVITY;
	const { minimumMoveDays = DEFAULT_ACTIVITY.minimumMoveDays, inactiveAfterDays = DEFAULT_ACTIVITY.inactiveAfterDays } = context.getNodeParameter('activity', 0, {}) as Record<string, unknown>;
	return {
		minimumMoveDays: wholeNumber(minimumMoveDays, 'Write When It Moved by (Days)', 1),
		inactiveAfterDays: wholeNumber(inactiveAfterDays, 'Inactive After (Days)', 1),
	};
}

function readInvitations(context: IExecuteFunctions, { invitation }: TargetDefinition): PlanSettings['invitations'] {
	if (!invitation) return DEFAULT_INVITATIONS;
	const who = choice(context.getNodeParameter('invite', 0), 'Invite by Mail', ['nobody', 'new', 'everybody']);
	const perRun = who === 'nobody' ? DEFAULT_INVITATIONS.perRun : wholeNumber(context.getNodeParameter('invitationsPerRun', 0), 'Most Invitations in One Run', 1);
	return { who, perRun };
}

/** A limit that an expression left empty must not switch a brake off. */
function readLimits(limits: Record<string, unknown>): Partial<Safeguards> {
	for (const [name, value] of Object.entries(limits)) {
		if (typeof value === 'number' && Number.isFinite(value) && value >= 0) continue;
		throw new SyncError(`The safeguard "${name}" is "${String(value)}", which is no number from 0 upwards.`, {
			class: 'input',
			code: 'plan.badLimit',
			remedy: 'Correct it under Safeguards, or remove it there to use the default.',
		});
	}
	return limits as Partial<Safeguards>;
}
