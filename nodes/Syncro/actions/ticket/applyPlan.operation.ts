import { syncroTickets } from '../../../../sync/target/syncro/tickets/definition';
import { ticketStore } from '../../../../sync/target/syncro/tickets/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroTickets,
	connect: async (context) => ticketStore(await connectSyncro(context)),
	properties: [
		{
			displayName:
				'Every comment that this node writes is private and is not mailed. What Syncro sends by itself when a ticket is opened or closed is set by your notification rules there.',
			name: 'privateNotice',
			type: 'notice',
			default: '',
		},
	],
});
