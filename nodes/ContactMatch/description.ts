import type { INodeProperties } from 'n8n-workflow';
import { authenticationParameter } from '../connect/entra';
import { TARGET_OPTIONS } from '../SyncLedger/actions/pairingParameters';

const RULE_OPTIONS = [
	{ name: 'Any Alias', value: 'alias', description: 'One of the addresses of the mailbox is the contact\'s e-mail address; finds people who were renamed before the first sync' },
	{ name: 'Any Field', value: 'field', description: 'A property in Microsoft 365 equals a field in the target' },
	{ name: 'Device Name and Owner', value: 'nameAndOwner', description: 'The device is called as the asset, and its owner is the asset\'s contact: by the links that the sync of people remembers, or by address. A name alone is never enough.' },
	{ name: 'E-Mail', value: 'email', description: 'The e-mail addresses are the same, whatever their case' },
	{ name: 'First and Last Name', value: 'fullName', description: 'First and last name are the contact\'s name, without regard to accents' },
	{ name: 'Job Title as Tie-Breaker', value: 'jobTitle', description: 'Decides between several candidates of the other rules; finds nobody by itself' },
	{ name: 'Licence Family', value: 'family', description: 'The licence family that was counted is the name of the invoice line, whatever its case and spaces, or the family that Get Lines lists for it' },
	{ name: 'Only One on Each Side', value: 'only', description: 'For what there is one of, such as the tenant itself and its customer' },
	{ name: 'Phone', value: 'phone', description: 'A phone number is the same in its last ten digits' },
	{ name: 'Serial Number', value: 'serial', description: 'The serial numbers of device and asset are the same; those that manufacturers did not fill in count for none' },
	{ name: 'User Name', value: 'userName', description: 'The user principal name is the contact\'s e-mail address' },
];

/** The names of the rules on screen. */
export const RULE_TITLES = new Map<string, string>(RULE_OPTIONS.map(({ name, value }) => [value, name]));

export const matchProperties: INodeProperties[] = [
	{
		displayName:
			'Connect what Microsoft 365 has (for example User → Get Many or Get Changes) to the first input and what the target has for one customer (for example Syncro → Contact → Get Many) to the second: exactly one wire each.',
		name: 'inputsNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Match Rules',
		name: 'rules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Rule',
		description:
			'Tried in this order. A rule pairs two records only where each is the only one that fits the other; where several fit, somebody has to decide and no later rule does.',
		default: { rule: [{ by: 'email' }, { by: 'alias' }] },
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					{
						displayName: 'Match By',
						name: 'by',
						type: 'options',
						default: 'email',
						options: RULE_OPTIONS,
					},
					{
						displayName: 'Target Field',
						name: 'targetField',
						type: 'string',
						default: '',
						placeholder: 'e.g. properties.Employee No',
						description: 'Field of the record in the target; a custom field as properties.&lt;label&gt;',
						displayOptions: { show: { by: ['field'] } },
					},
					{
						displayName: 'Entra Property',
						name: 'sourceField',
						type: 'string',
						default: '',
						placeholder: 'e.g. employeeId',
						description: 'Property in Microsoft 365; it has to be among the properties that were read',
						displayOptions: { show: { by: ['field'] } },
					},
				],
			},
		],
	},
	{
		displayName: 'Use Remembered Links',
		name: 'useLinks',
		type: 'boolean',
		default: true,
		description:
			'Whether to follow the links in the Sync Ledger before all rules, so that what was renamed stays with its record. Switch off only to compare two lists by rules alone.',
	},
	{
		displayName: 'Look Up Missing Records',
		name: 'checkMissing',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask Microsoft 365 by ID where linked people (or other records) are that are not in the list: filtered out, disabled, deleted but restorable, or really gone. Of people also whether they lost their last paid licence, so that it is cleared. Without it nobody counts as gone, and a licence that was lost outside the list stays.',
		displayOptions: { show: { useLinks: [true] } },
	},
	// `hide`, because the editor hides what the `show` of a sign-in parameter names: see credentialNeed.
	{ ...authenticationParameter, displayOptions: { hide: { useLinks: [false], checkMissing: [false] } } },
	{
		displayName: 'Lists From Elsewhere',
		name: 'foreign',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Only for lists that do not come from the nodes of this package: says which tenant and customer they belong to and where their fields lie',
		options: [
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '', placeholder: 'e.g. 101' },
			{ displayName: 'Record E-Mail Field', name: 'recordEmail', type: 'string', default: 'email' },
			{ displayName: 'Record ID Field', name: 'recordId', type: 'string', default: 'id' },
			{ displayName: 'Record Name Field', name: 'recordName', type: 'string', default: 'name' },
			{ displayName: 'Source E-Mail Field', name: 'sourceEmail', type: 'string', default: 'email' },
			{ displayName: 'Source ID Field', name: 'sourceId', type: 'string', default: 'id' },
			{ displayName: 'Target', name: 'target', type: 'options', options: TARGET_OPTIONS, default: 'syncro', description: 'What the records of the second input are' },
			{ displayName: 'Target Account', name: 'account', type: 'string', default: '', placeholder: 'e.g. my-msp' },
			{ displayName: 'Tenant ID', name: 'tenantId', type: 'string', default: '', placeholder: 'e.g. 7c3f1f64-0d7d-4b0e-9a57-2f0f5c0a9e11' },
		],
	},
];
