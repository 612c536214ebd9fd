import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../../sync/model/syncError';
import { CUSTOM_FIELD, type FieldMapping, type TargetDefinition } from '../../sync/model/targetRecord';
import { DEFAULT_POLICIES, DEFAULT_SAFEGUARDS, type PlanSettings, type Safeguards } from '../../sync/plan/settings';
import { choice } from '../checkedParameters';
import { TYPED } from './description';

interface MappingRow {
	field: string;
	customField?: string;
	source: string;
	customSource?: string;
	whenBlank?: FieldMapping['whenBlank'];
}

/** The plan's settings from the node's parameters; what is not set has the engine's default. */
export function readSettings(context: IExecuteFunctions, definition: TargetDefinition): PlanSettings {
	const { row = [] } = context.getNodeParameter(`mapping_${definition.name}`, 0, {}) as { row?: MappingRow[] };
	const mark = context.getNodeParameter('mark', 0, {}) as { label?: string; value?: string };
	return {
		mapping: row.map(readRow),
		policies: {
			new: choice(context.getNodeParameter('newPeople', 0), 'New People', ['create', 'hold', 'skip']),
			orphaned: choice(context.getNodeParameter('orphaned', 0), 'People Gone From Microsoft 365', LEAVER_POLICIES),
			disabled: choice(context.getNodeParameter('disabled', 0), 'Disabled People', [...LEAVER_POLICIES, 'sync']),
			guests: choice(context.getNodeParameter('guests', 0), 'Guests', ['skip', 'sync']),
			mark: {
				field: mark.label?.trim() ? CUSTOM_FIELD + mark.label.trim() : DEFAULT_POLICIES.mark.field,
				value: mark.value?.trim() || DEFAULT_POLICIES.mark.value,
			},
		},
		safeguards: { ...DEFAULT_SAFEGUARDS, ...readLimits(context.getNodeParameter('safeguards', 0, {}) as Record<string, unknown>) },
	};
}

function readRow({ field, customField = '', source, customSource = '', whenBlank = 'keep' }: MappingRow): FieldMapping {
	if ((field === TYPED && !customField.trim()) || (source === TYPED && !customSource.trim())) {
		throw new SyncError('A row of the field mapping names a custom field or another property, but leaves its name empty.', {
			class: 'input',
			code: 'plan.incompleteMapping',
			remedy: 'Fill in the name in Field Mapping, or remove the row.',
		});
	}
	return {
		field: field === TYPED ? CUSTOM_FIELD + customField.trim() : field,
		source: source === TYPED ? customSource.trim() : source,
		whenBlank: choice(whenBlank, 'When Blank in Entra', ['keep', 'clear']),
	};
}

const LEAVER_POLICIES = ['leave', 'hold', 'deactivate', 'delete'] as const;

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
