import { ApplicationError, NodeOperationError, type IExecuteFunctions, type INode, type INodeExecutionData } from 'n8n-workflow';
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

/**
 * The item that stands for an error where the node goes on after it. n8n takes it to the error output, where the
 * node has one, because of its `error`; in the data alone it would know only an `error` that is all there is.
 *
 * @param itemIndex missing when the whole list failed, not one item of it
 */
export function failedItem(node: INode, error: unknown, itemIndex?: number): INodeExecutionData {
	return {
		json: errorItem(error),
		error: toNodeError(node, error, itemIndex),
		...(itemIndex === undefined ? {} : { pairedItem: { item: itemIndex } }),
	};
}

/**
 * What a node does that works on whole lists and failed: it throws, or, where the builder chose to continue, gives
 * the one item that says so. (n8n itself would hand the node's input on as if it were its result.)
 */
export function failWhole(context: IExecuteFunctions, error: unknown): INodeExecutionData[] {
	if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
	return [failedItem(context.getNode(), error)];
}
