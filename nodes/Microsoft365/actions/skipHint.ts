import type { IExecuteFunctions } from 'n8n-workflow';
import type { Skipped } from '../../../sync/source/graph/transport/optional';

/**
 * Says on the node's output what was left out of every record. An item among the records would be taken for one of
 * them by the nodes that compare lists.
 */
export function hintSkipped(context: IExecuteFunctions): (skipped: Skipped) => void {
	return ({ message, remedy, partly }) => {
		const effect = partly ? 'What else is known of it is told.' : 'The property is missing from the records, and changes nothing.';
		context.addExecutionHints({ message: `${message} ${effect} ${remedy}`, type: 'warning', location: 'outputPane' });
	};
}
