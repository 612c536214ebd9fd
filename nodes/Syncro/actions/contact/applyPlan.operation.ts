import { syncroContacts } from '../../../../sync/target/syncro/contacts/definition';
import { contactStore } from '../../../../sync/target/syncro/contacts/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroContacts,
	connect: async (context) => contactStore(await connectSyncro(context)),
});
