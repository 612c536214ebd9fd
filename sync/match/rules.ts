import { billedFamily, type InvoiceLine } from '../model/invoiceLine';
import type { MatchRule } from '../model/match';
import type { Person } from '../model/person';
import type { SourceRecord } from '../model/sourceRecord';
import { recordValue, type TargetRecord } from '../model/targetRecord';
import { nameAndOwnerRule, serialRule, suggestionRule } from './deviceRules';
import { emailKey, nameKey, phoneKey, textKey } from './keys';

/** A match rule at work: equal keys belong together. What has no key is left alone. */
export interface CompiledRule {
	/** As it stands in `Match.rule`. */
	name: string;
	/** The keys of a source record: one, several, or '' / [] for none. */
	sourceKeys(source: SourceRecord): string | string[];
	recordKeys(record: TargetRecord): string | string[];
}

/** The rules that find records, in order; the tie-breaker is no such rule (`breaksTiesByJobTitle`). */
export function compileRules(rules: readonly MatchRule[]): CompiledRule[] {
	const compiled = rules.filter((rule) => rule.by !== 'jobTitle').map(compile);
	return rules.some(({ by }) => by === 'nameAndOwner') ? [...compiled, suggestionRule] : compiled;
}

export function breaksTiesByJobTitle(rules: readonly MatchRule[]): boolean {
	return rules.some((rule) => rule.by === 'jobTitle');
}

function compile(rule: MatchRule): CompiledRule {
	switch (rule.by) {
		case 'email':
			return {
				name: 'email',
				sourceKeys: (person: Person) => emailKey(person.email),
				recordKeys: (record) => emailKey(record.email),
			};
		case 'alias':
			return {
				name: 'alias',
				sourceKeys: (person: Person) => distinct([person.email, ...(person.aliases ?? [])].map(emailKey)),
				recordKeys: (record) => emailKey(record.email),
			};
		case 'userName':
			return {
				name: 'userName',
				sourceKeys: (person: Person) => emailKey(person.userPrincipalName),
				recordKeys: (record) => emailKey(record.email),
			};
		case 'fullName':
			return {
				name: 'fullName',
				sourceKeys: (person: Person) => {
					const first = nameKey(person.givenName);
					const last = nameKey(person.surname);
					return first && last ? `${first} ${last}` : '';
				},
				recordKeys: (record) => nameKey(record.name),
			};
		case 'phone':
			return {
				name: 'phone',
				sourceKeys: (person: Person) => distinct([...(person.businessPhones ?? []), person.mobilePhone].map(phoneKey)),
				recordKeys: (record) => distinct([record.phone, record.mobile].map(phoneKey)),
			};
		case 'field':
			return {
				name: `${rule.sourceField} = ${rule.targetField}`,
				sourceKeys: (source) => keysOf(source[rule.sourceField]),
				recordKeys: (record) => keysOf(recordValue(record, rule.targetField)),
			};
		case 'family':
			return {
				name: 'family',
				sourceKeys: (source) => nameKey(source.family),
				recordKeys: (record) => nameKey(billedFamily(record as Partial<InvoiceLine>)),
			};
		case 'serial':
			return serialRule;
		case 'nameAndOwner':
			return nameAndOwnerRule;
		case 'only':
			return { name: 'only', sourceKeys: () => 'only', recordKeys: () => 'only' };
		case 'jobTitle':
			throw new Error('The job title is a tie-breaker and finds nobody by itself.');
	}
}

function keysOf(value: unknown): string | string[] {
	return Array.isArray(value) ? distinct(value.map(textKey)) : textKey(value);
}

function distinct(keys: string[]): string[] {
	return [...new Set(keys)].filter((key) => key !== '');
}
