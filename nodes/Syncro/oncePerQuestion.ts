import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { failedItem, toNodeError } from '../errors';

/**
 * Answers each different question of the input items once. A list reader behind a node with many items would
 * otherwise read the same list once for every item, and hand on each record as often.
 *
 * @param question what an item asks for; equal questions are answered once, for the first item that asks
 */
export async function oncePerQuestion<Question>(
	context: IExecuteFunctions,
	question: (itemIndex: number) => Question,
	answer: (question: Question, itemIndex: number) => Promise<readonly object[]>,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	const asked = new Set<string>();
	const items = context.getInputData();
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		try {
			const own = question(itemIndex);
			const key = JSON.stringify(own);
			if (asked.has(key)) continue;
			asked.add(key);
			for (const json of await answer(own, itemIndex)) output.push({ json: json as IDataObject, pairedItem: { item: itemIndex } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			output.push(failedItem(context.getNode(), error, itemIndex));
		}
	}
	return [output];
}
