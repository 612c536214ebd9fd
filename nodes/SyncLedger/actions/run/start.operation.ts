import { executionIdOf } from '../../../executionId';
import type { Operation } from '../../../operation';
import { shownExecutionId } from '../../../../sync/ledger/rows';
import { openLedger } from '../../../connect/ledger';
import { hint } from '../execution';
import { iso, runItem } from '../items';
import { runProperties, readPairing, wrongParameter } from '../pairingParameters';

/** In minutes: until then nobody can sync this tenant and customer after a crash. */
const LONGEST_LOCK = 1440;

export const startRun: Operation = {
	value: 'start',
	name: 'Start',
	action: 'Start a run',
	description: 'Take the lock of a tenant and customer, so that no other execution syncs them at the same time',
	properties: [
		...runProperties,
		{
			displayName: 'Lock Expires After (Minutes)',
			name: 'lockExpiryMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LONGEST_LOCK },
			default: 15,
			description:
				'How long the lock outlives an execution that died. A run that is applying renews its lock; reading and planning must take less than this. At most 1440 (24 hours).',
		},
	],
	async perItem(itemIndex) {
		const pairing = readPairing(this, itemIndex);
		const minutes = this.getNodeParameter('lockExpiryMinutes', itemIndex) as number;
		if (!(minutes >= 1 && minutes <= LONGEST_LOCK)) {
			throw wrongParameter(`The lock can't expire after ${minutes} minutes.`, 'Enter 1 to 1440 (24 hours), for example 15. A run that is applying renews its lock by itself.');
		}
		const executionId = executionIdOf(this);
		const workflow = this.getWorkflow();
		const ledger = await openLedger(this, itemIndex);
		const { run, abandoned } = await ledger.startRun({
			pairing,
			executionId,
			workflowId: workflow.id,
			workflowName: workflow.name,
			leaseSeconds: minutes * 60,
		});
		const [names] = await ledger.listPairings(pairing);
		if (abandoned) {
			hint(this, `An earlier run (execution ${shownExecutionId(abandoned.executionId)}, started ${iso(abandoned.startedAt)}) had died and was closed. This run completes its work.`);
		}
		return [
			{
				...runItem(run),
				...(names?.tenantName ? { tenantName: names.tenantName } : {}),
				...(names?.customerName ? { customerName: names.customerName } : {}),
				...(abandoned ? { abandoned: runItem(abandoned) } : {}),
			},
		];
	},
};
