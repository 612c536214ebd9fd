import { ApplicationError, NodeOperationError, type INode } from 'n8n-workflow';
import { SyncError } from '../sync/model/syncError';

/**
 * Any error as the one n8n shows: what happened as the message, what to do next as the description.
 * Errors that are not ours keep their message, never their stack.
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof SyncError) {
		const ids = error.requestId ? ` (request id ${error.requestId})` : '';
		const wrapped = new NodeOperationError(node, error.message, {
			description: `${error.remedy}${ids}`,
			itemIndex,
			level: 'warning',
		});
		wrapped.context.data = { code: error.code, class: error.class, remedy: error.remedy };
		return wrapped;
	}
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, new ApplicationError(message, { level: 'error' }), {
		message,
		description: 'This was not expected. If it happens again, report it with this message.',
		itemIndex,
	});
}

/** What an item says of an error when the node goes on after it. */
export function errorItem(error: unknown): { error: string; remedy?: string; code?: string } {
	if (error instanceof SyncError) return { error: error.message, remedy: error.remedy, code: error.code };
	return { error: error instanceof Error ? error.message : String(error) };
}
