import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { entraAddresses } from './entraAddresses';

// n8n resolves these expressions for the sign-in and for every renewal, so that cloud and tenant are chosen once.
// Hosts: sync/source/graph/signIn/clouds.ts; the test of this credential compares them.
const LOGIN =
	'($self["advanced"] && $self["loginAddress"] ? $self["loginAddress"].trim().replace(/\\/+$/, "") : $self["cloud"] === "china" ? "https://login.partner.microsoftonline.cn" : $self["cloud"] === "usGovL4" || $self["cloud"] === "usGovL5" ? "https://login.microsoftonline.us" : "https://login.microsoftonline.com")';
const GRAPH =
	'($self["cloud"] === "china" ? "https://microsoftgraph.chinacloudapi.cn" : $self["cloud"] === "usGovL4" ? "https://graph.microsoft.us" : $self["cloud"] === "usGovL5" ? "https://dod-graph.microsoft.us" : "https://graph.microsoft.com")';

/**
 * The service account of a partner, signed in by a person with MFA. n8n keeps and renews this one sign-in; the nodes
 * redeem it at each customer's tenant and store nothing.
 */
export class EntraPartnerOAuth2Api implements ICredentialType {
	name = 'entraPartnerOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Entra Partner (GDAP) OAuth2 (Entra Sync)';

	documentationUrl = 'https://learn.microsoft.com/partner-center/customers/gdap-introduction';

	icon: Icon = { light: 'file:entraApp.svg', dark: 'file:entraApp.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Partner Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3b6e9f14-27d8-4c5a-b0e1-9d4f7a2c6b10',
			description: 'Your own tenant, in which the service account lives: its ID (Entra admin center → Overview) or one of its domains. Customers are chosen in the nodes.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. d3a1b5c7-0000-4e00-9000-000000000006',
			description: 'Application (client) ID of a multi-tenant app registration in your tenant, with delegated permissions of Microsoft Graph and the redirect URL above (platform Web)',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The column "Value" of the client secret, which is shown only right after it is created. Not the column "Secret ID".',
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
			description: 'Where your tenant and those of your customers live',
		},
		{
			displayName: 'Sign in as a service account that has MFA and is a member of the security groups which hold your GDAP roles, not as a person. Customer → Check of the Microsoft 365 node tells what is missing in each customer.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: `={{ ${LOGIN} + "/" + $self["tenantId"].trim() + "/oauth2/v2.0/authorize" }}` },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: `={{ ${LOGIN} + "/" + $self["tenantId"].trim() + "/oauth2/v2.0/token" }}` },
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: `={{ ${GRAPH} + "/.default offline_access openid" }}` },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: 'response_mode=query&prompt=select_account' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		...entraAddresses('The nodes trust it for this credential. n8n’s own sign-in and renewal need it in NODE_EXTRA_CA_CERTS as well.'),
	];
}
