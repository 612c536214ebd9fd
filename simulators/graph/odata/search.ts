import { invalidQuery } from '../graphFailure';

const CLAUSE = /^"(\w+):([^"]*)"$/;
const SEARCHABLE: readonly string[] = ['displayName', 'mail', 'userPrincipalName', 'givenName', 'surname', 'description', 'mailNickname'];

/**
 * `$search="displayName:ada" OR "mail:ada"`: the property holds a word that starts with the text. Only the forms that
 * directory objects know; the header is checked by the caller.
 */
export function compileSearch(search: string): (object: Readonly<Record<string, unknown>>) => boolean {
	const alternatives = search.split(/\s+OR\s+/).map((part) =>
		part.split(/\s+AND\s+/).map((clause) => {
			const match = CLAUSE.exec(clause.trim());
			if (!match || !SEARCHABLE.includes(match[1])) throw invalidQuery(`Invalid $search clause: ${clause}`);
			return { property: match[1], text: match[2].toLowerCase() };
		}),
	);
	return (object) =>
		alternatives.some((clauses) =>
			clauses.every(({ property, text }) => {
				const value = object[property];
				if (typeof value !== 'string') return false;
				const whole = value.toLowerCase();
				return whole.startsWith(text) || whole.split(/[\s.@_-]+/).some((word) => word.startsWith(text));
			}),
		);
}
