import type { INodeProperties } from 'n8n-workflow';

/**
 * Fields of every credential that signs in to Entra: other addresses than the cloud's own, and whom to trust there.
 *
 * @param trust where the certificate authority is trusted, in a sentence or two
 */
export function entraAddresses(trust: string): INodeProperties[] {
	return [
		{
			displayName: 'Advanced',
			name: 'advanced',
			type: 'boolean',
			default: false,
			description: 'Whether to trust a certificate authority of your own (TLS inspection), or use other addresses than Microsoft’s (test servers)',
		},
		{
			displayName: 'Login Address',
			name: 'loginAddress',
			type: 'string',
			default: '',
			displayOptions: { show: { advanced: [true] } },
			placeholder: 'e.g. https://localhost:8443',
			description: 'Where to sign in. Leave it empty for the cloud’s own address.',
		},
		{
			displayName: 'Graph Address',
			name: 'graphAddress',
			type: 'string',
			default: '',
			displayOptions: { show: { advanced: [true] } },
			placeholder: 'e.g. https://localhost:8443',
			description: 'Where Microsoft Graph is. Leave it empty for the cloud’s own address.',
		},
		{
			displayName: 'CA Certificate',
			name: 'caCertificate',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			displayOptions: { show: { advanced: [true] } },
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: `PEM text of the authority that signs the TLS certificates of these addresses, or of an inspecting proxy. ${trust}`,
		},
	];
}
