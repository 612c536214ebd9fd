import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../sync/model/syncError';

/**
 * The execution that a run belongs to, as the ledger keeps it: `<instance id>/<workflow id>/<execution id>`. Several
 * n8n may share one ledger, and each counts its executions from 1, also again after its database was replaced.
 *
 * @throws SyncError `ledger.noExecutionId`
 */
export function executionIdOf(context: IExecuteFunctions): string {
	const id = context.getExecutionId();
	if (id) return `${context.getInstanceId()}/${context.getWorkflow().id ?? ''}/${id}`;
	throw new SyncError('n8n gave this execution no id, and a run is bound to its execution.', {
		class: 'configuration',
		code: 'ledger.noExecutionId',
		remedy: 'Save the workflow and execute it as a whole.',
	});
}
