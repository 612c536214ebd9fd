import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const postgres = { show: { type: ['postgres'] } };

/** Where the ledger is kept. Tested by the Sync Ledger node. */
export class SyncLedgerApi implements ICredentialType {
	name = 'syncLedgerApi';

	displayName = 'Sync Ledger (Entra Sync)';

	icon = { light: 'file:../nodes/SyncLedger/syncLedger.svg', dark: 'file:../nodes/SyncLedger/syncLedger.dark.svg' } as const;

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-entra-sync';

	properties: INodeProperties[] = [
		{
			displayName: 'Keep the Ledger In',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'SQLite File', value: 'sqlite', description: 'Nothing to install; for one n8n process' },
				{ name: 'PostgreSQL', value: 'postgres', description: 'Needed in queue mode, where several workers share the ledger' },
			],
			default: 'sqlite',
		},
		{
			displayName: 'File',
			name: 'path',
			type: 'string',
			default: '',
			placeholder: 'e.g. /home/node/.n8n/entra-sync/ledger.sqlite',
			description: 'Full path on the local disk of the n8n server. Leave empty for entra-sync/ledger.sqlite in the n8n user folder. File and folder are created.',
			displayOptions: { show: { type: ['sqlite'] } },
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			displayOptions: postgres,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 5432,
			typeOptions: { minValue: 1, maxValue: 65535 },
			displayOptions: postgres,
		},
		{
			displayName: 'Database',
			name: 'database',
			type: 'string',
			default: 'entra_sync',
			description: 'May be a database that is used for something else: the names of all tables of the ledger begin with entra_sync_',
			displayOptions: postgres,
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			description: 'Needs the right to create tables in its schema',
			displayOptions: postgres,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: postgres,
		},
		{
			displayName: 'TLS',
			name: 'tls',
			type: 'options',
			options: [
				{ name: 'Verify Certificate and Host Name', value: 'verify-full' },
				{ name: 'Encrypt Only', value: 'require', description: 'The certificate is checked only where a CA is given' },
				{ name: 'Off', value: 'off', description: 'For a server on the same machine or in a trusted network' },
			],
			default: 'verify-full',
			displayOptions: postgres,
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: 'PEM of the authority that signed the certificate of the server. Leave empty for a public authority.',
			displayOptions: { show: { type: ['postgres'], tls: ['verify-full', 'require'] } },
		},
		{
			displayName: 'Retention (Days)',
			name: 'retentionDays',
			type: 'number',
			default: 90,
			typeOptions: { minValue: 1 },
			description:
				'How long runs and their changes, with the values that were overwritten, are kept. A run can be undone as long as it is kept. Links and pairings stay.',
		},
	];
}
