import type { SyncroQuirks } from './quirks';
import type { SyncroFieldSeed } from './seed';

export interface PropertiesWrite {
	before: Record<string, unknown>;
	sent: Record<string, unknown>;
	/** The custom fields that the account has for this kind of record. */
	fields: readonly SyncroFieldSeed[];
	/** Labels that are stored although no custom field has them. */
	builtIn?: readonly string[];
	refuse(sentence: string): never;
}

/** What `properties` hold after a PUT: the values as the declared fields take them, over or instead of those before. */
export function writtenProperties(quirks: SyncroQuirks, write: PropertiesWrite): Record<string, unknown> {
	const kept = keptProperties(quirks, write);
	return quirks.propertiesOnPut === 'replace' ? kept : { ...write.before, ...kept };
}

/** The values that the account takes: of the fields that it has, and of dropdowns those that are one of their answers, letter for letter. */
export function keptProperties(quirks: SyncroQuirks, { sent, fields, builtIn = [], refuse }: Omit<PropertiesWrite, 'before'>): Record<string, unknown> {
	const kept: Record<string, unknown> = {};
	for (const [label, value] of Object.entries(sent)) {
		const field = fields.find(({ name }) => name === label);
		if (!field && quirks.unknownProperties === 'drop' && !builtIn.includes(label)) continue;
		if (field && !isAnswer(field, value)) {
			if (quirks.unknownAnswers === 'drop') continue;
			refuse(`${label} is not included in the list`);
		}
		kept[label] = value;
	}
	return kept;
}

/** Blank is no answer, and clears a dropdown. */
function isAnswer(field: SyncroFieldSeed, value: unknown): boolean {
	return !field.answers || value === '' || value === null || field.answers.some(({ content }) => content === value);
}
