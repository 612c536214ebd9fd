import { syncroCustomers } from '../../../../sync/target/syncro/customerFields/definition';
import { customerStore } from '../../../../sync/target/syncro/customerFields/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroCustomers,
	connect: async (context) => customerStore(await connectSyncro(context)),
});
