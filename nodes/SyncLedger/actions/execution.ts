import type { IExecuteFunctions } from 'n8n-workflow';

/** Shown above the output, for people who look at the execution. */
export function hint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
