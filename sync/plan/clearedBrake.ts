import type { Match } from '../model/match';
import type { Brake } from '../model/plan';
import type { TargetDefinition } from '../model/targetDefinition';
import type { Draft } from './decide';
import { heldValue, type MappedField } from './difference';
import type { Safeguards } from './settings';

/**
 * Licences are billed by fields that are cleared when a licence ends. That many end on one day is rare; that a family
 * was renamed, or is misspelt, is not, and looks the same.
 */
export function clearedLicences(
	drafts: readonly Draft[],
	matches: readonly Match[],
	mapping: readonly MappedField[],
	{ maxClearedPercent, minCleared }: Safeguards,
	{ nouns }: TargetDefinition,
): Brake {
	const fields = mapping.filter(({ value }) => value.ends).map(({ field }) => field.name);
	const names = new Set(fields);
	const count = drafts.filter((draft) => draft.action !== 'delete' && draft.fields.some(({ field, before, after }) => names.has(field) && before && after === null)).length;
	const holders = matches.filter(({ record }) => record && fields.some((name) => heldValue(record, name) !== null)).length;
	const limit = Math.max(minCleared, Math.floor((holders * maxClearedPercent) / 100));
	return {
		code: 'clearedLicences',
		tripped: count > limit,
		measured: count,
		limit,
		text: `${count} of the ${holders} ${nouns.records} that show a licence would lose it; at most ${minCleared} or ${maxClearedPercent} % (here ${limit}) may in one plan. A licence family that was renamed or misspelt looks like this.`,
	};
}
