import type { Nouns } from '../model/sourceRecord';

/** What a setting of the Sync Plan node is called on screen, for one kind of source records. */
export function settingName(setting: 'new' | 'orphaned' | 'disabled' | 'guests', { sources, gone }: Nouns): string {
	const Sources = titled(sources);
	return { new: `New ${Sources}`, orphaned: gone === undefined ? `${Sources} Gone From Microsoft 365` : `${titled(gone)} ${Sources}`, disabled: `Disabled ${Sources}`, guests: 'Guests' }[setting];
}

/** A noun in title case. */
export function titled(noun: string): string {
	return noun.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
}
