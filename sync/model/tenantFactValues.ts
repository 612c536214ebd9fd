import type { SourceValue } from './targetDefinition';
import type { TenantFacts } from './tenantFacts';

/** What the field mapping offers of the facts of a tenant. What is not known leaves the field as it is. */
export const TENANT_FACT_VALUES: readonly SourceValue[] = [
	fact('activeUserCount', 'Active Users', 'People with a licence that costs something, enabled, and active within the days that were chosen'),
	fact('days', 'Active Within (Days)', 'What counts as active'),
	fact('disabledLicensedUserCount', 'Disabled Users With a Licence', 'Disabled accounts whose licences are paid'),
	fact('displayName', 'Display Name', 'Name of the tenant'),
	fact('inactiveUserCount', 'Inactive Users With a Licence', 'Enabled, and known to have done nothing within the days that were chosen'),
	fact('licensedUserCount', 'Licensed Users', 'People with a licence that costs something: disabled ones, shared mailboxes and guests included'),
	fact('secureScoreDate', 'Secure Score, Day', 'The day of the newest score; changes daily'),
	fact('secureScorePercent', 'Secure Score, Percent', 'Share of the points that can be had, to one decimal'),
	fact('secureScore', 'Secure Score, Points', 'Points reached'),
	fact('secureScoreMax', 'Secure Score, Points to Be Had', 'Points that can be had'),
	fact('id', 'Tenant ID', 'GUID of the tenant'),
	fact('unknownActivityCount', 'Users of Unknown Activity', 'Enabled, with a licence, and neither known to be active nor to be inactive'),
];

function fact(name: keyof TenantFacts, label: string, description: string): SourceValue {
	return { name, label, description };
}
