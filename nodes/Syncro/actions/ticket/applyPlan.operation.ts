import { syncroTickets } from '../../../../sync/target/syncro/tickets/definition';
import { ticketStore } from '../../../../sync/target/syncro/tickets/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroTickets,
	connect: async (context) => ticketStore(await connectSyncro(context)),
});
