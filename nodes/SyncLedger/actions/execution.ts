import type { IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../../../sync/model/syncError';

/** The execution that runs belong to. */
export function executionIdOf(context: IExecuteFunctions): string {
	const id = context.getExecutionId();
	if (id) return id;
	throw new SyncError('n8n gave this execution no id, and a run is bound to its execution.', {
		class: 'configuration',
		code: 'ledger.noExecutionId',
		remedy: 'Save the workflow and execute it as a whole.',
	});
}

/** Shown above the output, for people who look at the execution. */
export function hint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
