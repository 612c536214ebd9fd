import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** A REST endpoint and the header by which it knows who sends. Tested by the HTTP Target node. */
export class HttpTargetApi implements ICredentialType {
	name = 'httpTargetApi';

	displayName = 'HTTP Target (Entra Sync)';

	icon = { light: 'file:../nodes/HttpTarget/httpTarget.svg', dark: 'file:../nodes/HttpTarget/httpTarget.dark.svg' } as const;

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-entra-sync';

	properties: INodeProperties[] = [
		{
			displayName: 'Base Address',
			name: 'baseAddress',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://portal.example.com/api',
			description: 'What the addresses of all requests begin with; https only. The secret is sent nowhere else, and redirections are not followed.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: 'Authorization',
			description: 'Header by which the API knows who sends',
		},
		{
			displayName: 'Header Value',
			name: 'headerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. Bearer 3f0d8f63…',
			description: 'The whole value, with Bearer before it where the API wants that',
		},
		{
			displayName: 'Test Path',
			name: 'testPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /users?limit=1',
			description: 'Something that can be read with GET; the test of this credential asks for it. For an endpoint that cannot be read leave it empty: then only the fields above are checked.',
		},
		{
			displayName: 'Account Name',
			name: 'accountName',
			type: 'string',
			default: '',
			placeholder: 'e.g. our-portal',
			description:
				'What the Sync Ledger calls this endpoint, as Account. Empty: host and path of the address, for example portal.example.com/api. With a name of its own the links outlive a change of the address.',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			default: 60,
			typeOptions: { minValue: 1 },
			description:
				'All workflows that use this host share this number, and so do all workers of queue mode that keep the Sync Ledger in PostgreSQL; without one, each worker keeps to a quarter of it. Where several credentials differ, the smallest counts.',
		},
		{
			displayName: 'Requests at Once',
			name: 'atOnce',
			type: 'number',
			default: 4,
			typeOptions: { minValue: 1 },
			description: 'How many requests of all workflows of one n8n process may be under way to this host at one time',
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: 'PEM of the authority that signed the certificate of that address. Leave it empty for a public authority.',
		},
	];
}
