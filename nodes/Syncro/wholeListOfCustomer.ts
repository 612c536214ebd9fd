import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../sync/http/call';
import type { EmptyList } from '../../sync/model/emptyList';
import type { TargetDefinition } from '../../sync/model/targetDefinition';
import type { TargetRecord } from '../../sync/model/targetRecord';
import type { SyncroClient } from '../../sync/target/syncro/client';
import { connectSyncro } from '../connect/syncro';
import { chosenCustomer } from './customerLocator';
import { oncePerQuestion } from './oncePerQuestion';

/**
 * Gives the records of the chosen customers, or the marker of an empty list. Always the whole list: whoever matches against
 * a part of it finds what belongs to the rest to be new, and creates it a second time.
 *
 * @param note says of a customer that it has none
 */
export async function wholeListOfCustomer(
	context: IExecuteFunctions,
	{ name: target, recordList: list }: Pick<TargetDefinition, 'name' | 'recordList'>,
	note: string,
	read: (client: SyncroClient, customerId: string, call: Call) => Promise<TargetRecord[]>,
): Promise<INodeExecutionData[][]> {
	return await oncePerQuestion(
		context,
		(itemIndex) => chosenCustomer(context, itemIndex),
		async (customerId, itemIndex) => {
			const client = await connectSyncro(context, itemIndex);
			const records = await read(client, customerId, { signal: context.getExecutionCancelSignal() });
			// Match refuses a part of the list.
			if (records.length > 0) return records.map((record) => ({ ...record, of: records.length }));
			const marker: EmptyList = { kind: 'emptyList', list, note, target, account: client.account, customerId };
			return [marker];
		},
	);
}
