import type { GroupKind } from '../../../model/group';
import type { RawRecord, ReadableProperty } from '../transport/reading';
import { defaultsOf } from './projection';

/** What can be read of a group. Its kind, and whether it is dynamic, always come along. */
export const GROUP_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'displayName', label: 'Display Name', description: 'Name of the group', byDefault: true },
	{ name: 'mail', label: 'Mail', description: 'Primary SMTP address; blank for security groups', byDefault: true },
	{ name: 'description', label: 'Description', description: 'Free text', byDefault: true },
	{ name: 'onPremisesSyncEnabled', label: 'On-Premises Sync Enabled', description: 'True: synchronised from Active Directory; false: no longer; blank: never', byDefault: true },
	{ name: 'createdDateTime', label: 'Created', description: 'Moment at which the group was created', byDefault: true },
	{ name: 'memberCount', label: 'Members', description: 'How many direct members the group has. Costs one small request per group, twenty in one.', from: [] },
	{ name: 'transitiveMemberCount', label: 'Members with Nested Groups', description: 'How many members the group and the groups in it have. Costs one small request per group, twenty in one.', from: [] },
	{ name: 'classification', label: 'Classification', description: 'For example low, medium or high business impact' },
	{ name: 'expirationDateTime', label: 'Expiration', description: 'Moment at which the group expires' },
	{ name: 'isAssignableToRole', label: 'Assignable to Roles', description: 'Whether the group may hold directory roles' },
	{ name: 'mailNickname', label: 'Mail Nickname', description: 'Mail alias' },
	{ name: 'membershipRule', label: 'Membership Rule', description: 'Who belongs to a dynamic group' },
	{ name: 'membershipRuleProcessingState', label: 'Membership Rule State', description: 'On or Paused' },
	{ name: 'onPremisesLastSyncDateTime', label: 'On-Premises Last Sync', description: 'Of groups synchronised from Active Directory' },
	{ name: 'onPremisesSamAccountName', label: 'On-Premises SAM Account Name', description: 'Of groups synchronised from Active Directory' },
	{ name: 'proxyAddresses', label: 'Proxy Addresses', description: 'As Entra holds them, with SMTP: and smtp: in front' },
	{ name: 'renewedDateTime', label: 'Renewed', description: 'Moment at which the group was last renewed' },
	{ name: 'resourceProvisioningOptions', label: 'Provisioned Resources', description: 'Team: the group has a team in Microsoft Teams' },
	{ name: 'securityIdentifier', label: 'Security Identifier', description: 'SID of the group' },
	{ name: 'visibility', label: 'Visibility', description: 'Public, Private or HiddenMembership' },
];

export const DEFAULT_GROUP_PROPERTIES: readonly string[] = defaultsOf(GROUP_PROPERTIES);

/** Graph's properties that tell the kind. */
export const KIND_SOURCES: readonly string[] = ['groupTypes', 'mailEnabled', 'securityEnabled'];

export function groupKindOf(raw: RawRecord): GroupKind {
	if (hasType(raw, 'Unified')) return 'microsoft365';
	if (raw.mailEnabled !== true) return 'security';
	return raw.securityEnabled === true ? 'mailEnabledSecurity' : 'distribution';
}

export function isDynamic(raw: RawRecord): boolean {
	return hasType(raw, 'DynamicMembership');
}

function hasType(raw: RawRecord, type: string): boolean {
	return Array.isArray(raw.groupTypes) && raw.groupTypes.includes(type);
}
