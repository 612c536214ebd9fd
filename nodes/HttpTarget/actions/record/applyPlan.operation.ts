import { HTTP_TARGETS } from '../../../../sync/target/http/definition';
import { checkTemplates } from '../../../../sync/target/http/compose';
import { checkWriteSettings } from '../../../../sync/target/http/settings';
import { httpStore } from '../../../../sync/target/http/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectHttpTarget } from '../../../connect/httpTarget';
import { openLedger } from '../../../connect/ledger';
import { readWriteSettings, writeProperties } from './writeSettings';

export const applyPlan = applyPlanOperation({
	definition: { nouns: { source: 'record', sources: 'records', record: 'record', records: 'records' } },
	properties: writeProperties,
	connect: async (context, { pairing, changes }) => {
		const client = await connectHttpTarget(context);
		// A plan for another system is refused by its name.
		const definition = HTTP_TARGETS.find(({ name }) => name === pairing.target) ?? HTTP_TARGETS[0];
		const settings = readWriteSettings(context);
		checkWriteSettings(settings, definition);
		checkTemplates(settings, changes);
		const ledger = await openLedger(context);
		const [links, openCreates, lastApplied] = await Promise.all([ledger.links(pairing), ledger.openIntents(pairing), ledger.lastApplied(pairing, [...new Set(changes.map(({ sourceId }) => sourceId))])]);
		return httpStore(client, definition, settings, { links, openCreates, lastApplied });
	},
});
