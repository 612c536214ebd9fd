import type { IExecuteFunctions } from 'n8n-workflow';
import { syncroPortalUsers } from '../../../../sync/target/syncro/portalUsers/definition';
import { portalUserStore, type PortalUserStoreOptions } from '../../../../sync/target/syncro/portalUsers/store';
import { applyPlanOperation } from '../../../applyPlan';
import { choice } from '../../../checkedParameters';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroPortalUsers,
	properties: [
		{
			displayName: 'Send Invitations',
			name: 'sendInvitations',
			type: 'boolean',
			default: false,
			description: 'Whether invitations of the plan are mailed, at once and for good. While this is off, a plan with invitations is refused as a whole.',
		},
		{
			displayName: 'Invitation Is For',
			name: 'invitationIsFor',
			type: 'options',
			default: 'portalUser',
			description: 'Whose ID Syncro is given. Syncro does not document which it wants: try it with one person, and change it if Syncro says "not found".',
			options: [
				{ name: 'Contact ID', value: 'contact' },
				{ name: 'Portal User ID', value: 'portalUser' },
			],
			displayOptions: { show: { sendInvitations: [true] } },
		},
	],
	connect: async (context) => portalUserStore(await connectSyncro(context), inviting(context)),
});

/** Only a plain yes turns the mails on; an expression that gave something else does not. */
function inviting(context: IExecuteFunctions): PortalUserStoreOptions {
	if (context.getNodeParameter('sendInvitations', 0) !== true) return {};
	return { inviteBy: choice(context.getNodeParameter('invitationIsFor', 0), 'Invitation Is For', ['portalUser', 'contact']) };
}
