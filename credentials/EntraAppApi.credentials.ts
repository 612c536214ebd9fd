import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { entraAddresses } from './entraAddresses';

/** An app registration in Microsoft Entra that reads tenants without a user. Tested by the Microsoft 365 node. */
export class EntraAppApi implements ICredentialType {
	name = 'entraAppApi';

	displayName = 'Entra App (Entra Sync)';

	documentationUrl = 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app';

	icon: Icon = { light: 'file:entraApp.svg', dark: 'file:entraApp.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 5e3f1d9a-7c84-4b0e-9d26-1f7a3c5b8e01',
			description:
				'The tenant that is read when a node names no other: its ID (Entra admin center → Overview) or one of its domains. The same credential reads every tenant in which the app has consent.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. d3a1b5c7-0000-4e00-9000-000000000001',
			description: 'Application (client) ID of the app registration (Entra admin center → App registrations → the app → Overview)',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Certificate', value: 'certificate', description: 'Signs with a private key that never leaves this machine; Microsoft advises it' },
				{ name: 'Client Secret', value: 'clientSecret', description: 'A password of the app, valid for 24 months at most' },
			],
			default: 'clientSecret',
			description: 'How the app proves that it is itself. Register one or the other under Certificates & secrets.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['clientSecret'] } },
			description: 'The column "Value" of the client secret, which is shown only right after it is created. Not the column "Secret ID".',
		},
		{
			displayName: 'Certificate',
			name: 'certificate',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['certificate'] } },
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: 'The certificate that was uploaded to the app registration, as PEM text. It is not secret.',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['certificate'] } },
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description: 'The RSA private key of the certificate, as PEM text',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['certificate'] } },
			description: 'Of the private key. Leave it empty when the key is not encrypted.',
		},
		{
			displayName: 'Cloud',
			name: 'cloud',
			type: 'options',
			options: [
				{ name: 'China (21Vianet)', value: 'china' },
				{ name: 'Global (and GCC)', value: 'global' },
				{ name: 'US Government L4 (GCC High)', value: 'usGovL4' },
				{ name: 'US Government L5 (DoD)', value: 'usGovL5' },
			],
			default: 'global',
			description: 'Where the tenants live. Tenants of two clouds need two credentials.',
		},
		...entraAddresses('Trusted besides the public ones, for this credential only.'),
	];
}
