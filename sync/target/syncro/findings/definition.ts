import { constantText, FINDING_VALUES } from '../../../model/findingValues';
import type { Policies } from '../../../model/policies';
import type { TargetDefinition } from '../../../model/targetDefinition';
import type { FieldValue, TargetField } from '../../../model/targetRecord';
import { severityOf } from './mark';

/** Nothing is raised until the builder says so; what is fixed is closed. */
const POLICIES: Policies = { new: 'hold', orphaned: 'delete', disabled: 'leave', guests: 'skip', mark: { field: '', value: '' } };

/** So many calls for help in one run are a decision of somebody. */
const NEW_AT_ONCE = 25;

/** What the plan must know of alerts and tickets alike: one open record for each finding of the security audit. */
export function findingTarget(
	own: Pick<TargetDefinition, 'name' | 'nouns' | 'recordKind' | 'recordList' | 'fields' | 'defaultMapping' | 'nameField' | 'locks'> & { reader: string },
): TargetDefinition {
	const { reader, ...definition } = own;
	const fields = new Map(own.fields.map((field) => [field.name, field]));
	return {
		...definition,
		title: 'Syncro',
		sourceKinds: ['finding'],
		sourceLists: ['findings'],
		readers: { sources: 'Microsoft 365 → Security Audit → Get Findings', records: reader },
		sourceValues: FINDING_VALUES,
		derivedValue: constantText,
		adoptBy: [],
		sourceIdField: 'findingId',
		openOnly: true,
		newAtOnce: NEW_AT_ONCE,
		policies: POLICIES,
		choices: { new: ['create', 'hold', 'skip'], orphaned: ['leave', 'hold', 'delete'] },
		accounts: false,
		brakes: ['creates'],
		normalise,
		field: (name) => fields.get(name),
	};
}

/** Blank and absent are both the empty string, and so is a severity that there is not. */
function normalise({ name }: TargetField, value: FieldValue): string {
	const text = (value ?? '').normalize('NFC').replace(/\r\n?/g, '\n').trim();
	return name === 'severity' ? (severityOf(text) ?? '') : text;
}
