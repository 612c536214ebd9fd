import type { GroupKind } from '../../../model/group';
import { literal, type RawRecord } from '../transport/reading';
import { groupKindOf, isDynamic } from './groupProperties';

/** Which groups to read; what is left out does not restrict. */
export interface GroupFilter {
	kinds?: readonly GroupKind[];
	nameBegins?: string;
	/** By rule, or with members that somebody added. */
	membership?: 'dynamic' | 'assigned';
	/** Synchronised from Active Directory now. */
	synced?: boolean;
}

/** What the service evaluates of each kind without its advanced engine, whose index lags behind; the rest is evaluated here. */
const EXPRESSIONS: Record<GroupKind, string> = {
	microsoft365: "groupTypes/any(c:c eq 'Unified')",
	security: 'mailEnabled eq false and securityEnabled eq true',
	mailEnabledSecurity: 'mailEnabled eq true and securityEnabled eq true',
	distribution: 'mailEnabled eq true and securityEnabled eq false',
};

/** @returns the `$filter` that narrows the list, and whether a group that came is wanted */
export function splitGroupFilter(filter: GroupFilter): { expression?: string; wanted: (raw: RawRecord) => boolean } {
	const sent: string[] = [];
	const kinds = new Set(filter.kinds ?? []);
	if (kinds.size === 1) sent.push(EXPRESSIONS[[...kinds][0]]);
	const name = filter.nameBegins?.trim();
	if (name) sent.push(`startswith(displayName,${literal(name)})`);
	if (filter.membership === 'dynamic') sent.push("groupTypes/any(c:c eq 'DynamicMembership')");
	if (filter.synced) sent.push('onPremisesSyncEnabled eq true');
	return {
		expression: sent.length > 0 ? sent.join(' and ') : undefined,
		wanted: (raw) =>
			(kinds.size === 0 || kinds.has(groupKindOf(raw))) &&
			(filter.membership === undefined || isDynamic(raw) === (filter.membership === 'dynamic')) &&
			(filter.synced === undefined || (raw.onPremisesSyncEnabled === true) === filter.synced),
	};
}
