import { syncroInvoiceLines } from '../../../../sync/target/syncro/invoices/definition';
import { invoiceLineStore } from '../../../../sync/target/syncro/invoices/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroInvoiceLines,
	connect: async (context) => invoiceLineStore(await connectSyncro(context)),
});
