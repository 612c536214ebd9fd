import type { TargetDefinition } from '../../../model/targetDefinition';
import type { FieldMapping } from '../../../model/targetRecord';
import { TENANT_FACT_VALUES } from '../../../model/tenantFactValues';
import { customField, storedText } from '../customField';
import { lacksField } from '../lacksField';

/** Where to create a custom field of customers; the words of Syncro's screen. */
export const CREATE_CUSTOMER_FIELD = 'Create it in Syncro under Admin → Customers → Customer Custom Fields, as a text field with exactly this name';

const row = (label: string, source: string): FieldMapping => ({ field: `properties.${label}`, source, whenBlank: 'keep' });

/**
 * The facts of a tenant in the custom fields of the customer that it is paired with. Nothing else of a customer is
 * written, and none is created or deleted. The default labels are those of Syncro's own integration.
 */
export const syncroCustomers: TargetDefinition = {
	name: 'syncro:customers',
	title: 'Syncro',
	nouns: { source: 'tenant', sources: 'tenants', record: 'customer', records: 'customers' },
	sourceKinds: ['tenantFacts'],
	sourceLists: ['tenantFacts'],
	recordKind: 'customerFields',
	recordList: 'customers',
	readers: { sources: 'Microsoft 365 → Organization → Get Facts', records: 'Syncro → Customer → Get Fields' },
	rules: ['only'],
	fields: [],
	defaultMapping: [row('microsoft_secure_score', 'secureScorePercent'), row('azure_licensed_user_count', 'licensedUserCount'), row('azure_active_user_count', 'activeUserCount')],
	sourceValues: TENANT_FACT_VALUES,
	adoptBy: [],
	policies: { new: 'skip', orphaned: 'leave', disabled: 'leave', guests: 'skip', mark: { field: 'properties.M365 Status', value: 'Left Microsoft 365' } },
	choices: { new: ['skip'], orphaned: ['leave'] },
	accounts: false,
	// One customer per plan: there is no share of many that could change at once.
	brakes: [],
	normalise: (_field, value) => storedText(value),
	field: customField,
	locks: (field, record) => lacksField(field, record, 'customers', CREATE_CUSTOMER_FIELD),
};
