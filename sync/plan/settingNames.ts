import type { Nouns } from '../model/sourceRecord';

/** What a setting of the Sync Plan node is called on screen, for one kind of source records. */
export function settingName(setting: 'new' | 'orphaned' | 'disabled' | 'guests', { sources }: Nouns): string {
	const Sources = titled(sources);
	return { new: `New ${Sources}`, orphaned: `${Sources} Gone From Microsoft 365`, disabled: `Disabled ${Sources}`, guests: 'Guests' }[setting];
}

/** A noun in title case. */
export function titled(noun: string): string {
	return noun.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
}
