import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../sync/model/syncError';

/**
 * After a crash n8n fills the outputs of nodes whose data was lost with artificial items. An execution that is
 * retried from there would work on nothing.
 *
 * @throws SyncError (input)
 */
export function refuseRecoveredItems(context: IExecuteFunctions): void {
	if (!context.getInputData().some(({ json }) => json.isArtificialRecoveredEventItem === true)) return;
	throw new SyncError('The input is not real: n8n made it up while it recovered a crashed execution.', {
		class: 'input',
		code: 'n8n.recoveredItem',
		remedy: 'Execute the workflow from its start instead of retrying this execution.',
	});
}
