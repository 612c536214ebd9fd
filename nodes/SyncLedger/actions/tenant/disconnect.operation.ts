import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { readTenantId, tenantIdParameter } from './tenantParameters';

export const disconnectTenant: Operation = {
	value: 'disconnect',
	name: 'Disconnect',
	action: 'Disconnect a tenant',
	description: 'Forget what ties a tenant to the targets: links, pairings and cursors. The data in the targets stay as they are.',
	properties: [
		tenantIdParameter,
		{
			displayName: 'Preview',
			name: 'preview',
			type: 'boolean',
			default: true,
			description: 'Whether only to count what would be forgotten',
		},
	],
	async perItem(itemIndex) {
		const tenantId = readTenantId(this, itemIndex);
		const preview = this.getNodeParameter('preview', itemIndex) as boolean;
		const ledger = await openLedger(this, itemIndex);
		const { name, ...forgotten } = await ledger.disconnectTenant(tenantId, { preview });
		return [
			{
				kind: 'tenantDisconnected',
				tenantId,
				...(name === undefined ? {} : { tenantName: name }),
				preview,
				...forgotten,
				message: preview ? 'Nothing was forgotten yet: turn Preview off to disconnect the tenant.' : 'The tenant was disconnected. The records in the targets stay, and nobody keeps them in step any more. Runs stay in the log until they are too old.',
				consentRemains:
					'The consent of the app in the tenant remains. To remove it, an administrator of the tenant opens Entra admin center → Enterprise applications → the app → Properties → Delete. A partner’s GDAP relationship is ended in Partner Center → Customers → the customer → Admin relationships.',
				enterpriseApplicationsLink: `https://entra.microsoft.com/${tenantId}/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview`,
			},
		];
	},
};
