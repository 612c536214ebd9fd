import type { Owner } from '../../../model/owner';
import type { RawRecord } from '../transport/reading';

/** What is asked for of owners. */
export const OWNER_SELECT = 'id,displayName,userPrincipalName,mail';

/** Owners whose type the app may not read come with nulls for everything but their id. */
export function asOwner(raw: RawRecord): Owner {
	const owner: Owner = { id: String(raw.id).toLowerCase() };
	for (const name of ['displayName', 'userPrincipalName', 'mail'] as const) {
		if (typeof raw[name] === 'string') owner[name] = raw[name];
	}
	return owner;
}
