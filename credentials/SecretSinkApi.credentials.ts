import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Where new passwords go, so that they never come into n8n's items. Tested by the Microsoft 365 node. */
export class SecretSinkApi implements ICredentialType {
	name = 'secretSinkApi';

	displayName = 'Secret Sink (Entra Sync)';

	icon = { light: 'file:secretSink.svg', dark: 'file:secretSink.dark.svg' } as const;

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-entra-sync';

	properties: INodeProperties[] = [
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://vault.example.com/hooks/passwords',
			description:
				'Takes JSON by POST: {"action": "deliver", "reference", "tenantId", "userId", "userPrincipalName", "password", "mustChange", "expiresHint"}, {"action": "withdraw", "reference"} and {"action": "test"}. Answer with a status from 200 to 299 once it is stored. A receiver that is an n8n workflow must not save its executions.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: 'Authorization',
			description: 'Header by which the receiver knows who sends',
		},
		{
			displayName: 'Header Value',
			name: 'headerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. Bearer 3f0d8f63…',
			description: 'Sent with every message; the receiver refuses any other with status 401',
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
