import { syncroAlerts } from '../../../../sync/target/syncro/alerts/definition';
import { alertStore } from '../../../../sync/target/syncro/alerts/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroAlerts,
	connect: async (context) => alertStore(await connectSyncro(context)),
});
