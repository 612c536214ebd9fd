import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** An API token of a Syncro account. It is sent in the Authorization header only. Tested by the Syncro node. */
export class SyncroTokenApi implements ICredentialType {
	name = 'syncroTokenApi';

	displayName = 'Syncro API Token (Entra Sync)';

	icon = { light: 'file:../nodes/Syncro/syncro.svg', dark: 'file:../nodes/Syncro/syncro.dark.svg' } as const;

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-entra-sync';

	properties: INodeProperties[] = [
		{
			displayName: 'Subdomain',
			name: 'subdomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. acme',
			description: 'First part of the address at which you sign in to Syncro: for https://acme.syncromsp.com that is acme',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Created in Syncro under Admin → API Tokens. It needs the permissions "Customers - List/Search", "Customers - View Detail" and, to write, "Customers - Edit"; for recurring invoices "Recurring Invoices - List" and, to write, "Recurring Invoices - Edit".',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			default: 170,
			typeOptions: { minValue: 1, maxValue: 180 },
			description:
				'Syncro allows 180 a minute for everything that shares your outbound address. All workflows share this number, and so do all workers of queue mode that keep the Sync Ledger in PostgreSQL; without one, each worker keeps to a quarter of it. Where several credentials differ, the smallest counts. Lower it if other tools use the API from the same address.',
		},
		{
			displayName: 'Address Override',
			name: 'addressOverride',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://proxy.example.com/api/v1',
			description: 'Advanced. Base address of the API, for a proxy or a test server; https only. Leave it empty for Syncro itself.',
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: 'PEM of the authority that signed the certificate of that address. Leave it empty for a public authority.',
			displayOptions: { hide: { addressOverride: [''] } },
		},
	];
}
