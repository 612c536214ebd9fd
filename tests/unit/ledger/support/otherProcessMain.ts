import { openLedger, type StoredLedger } from '../../../../sync/ledger';
import { SyncError } from '../../../../sync/model/syncError';
import type { Request } from './otherProcess';
import { begin, changeOf } from './samples';

let ledger: StoredLedger;

process.on('message', (request: Request) => {
	void perform(request)
		.then(() => 'ok')
		.catch((error: unknown) => (error instanceof SyncError ? error.code : String(error)))
		.then((answer) => process.send!({ answer }));
});

async function perform(request: Request): Promise<void> {
	switch (request.do) {
		case 'open':
			ledger = await openLedger(request.options);
			return;
		case 'startRun':
			await begin(ledger, request.pairing, request.executionId);
			return;
		case 'consumePlan':
			await ledger.consumePlan(request.planId);
			return;
		case 'intendOnly':
			await ledger.intend(changeOf(await begin(ledger, request.pairing), request.sourceId));
			return;
		case 'work': {
			const run = await begin(ledger, request.pairing);
			for (let index = 0; index < request.changes; index++) {
				const person = `${request.pairing.customerId}-${index}`;
				const changeId = await ledger.intend(changeOf(run, person));
				await ledger.remember(changeId, { recordId: `record ${index}`, rule: 'created', written: { name: person } });
				process.send!({ remembered: person });
			}
		}
	}
}
