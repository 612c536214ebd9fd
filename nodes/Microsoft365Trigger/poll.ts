import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { sampleOf } from '../../sync/source/graph/watch/sample';
import { toNodeError } from '../errors';
import { changesRound } from './changesRound';
import { licencesRound, licencesSample } from './licencesRound';
import { arrivedInTest } from './memory';
import { connect, triggerKey, watchOf } from './settings';

/** Records that somebody sees who tests the workflow in the editor. */
const SAMPLE = 3;

/**
 * At the poll times: what changed since the last one. n8n gives a poll 45 seconds, so the first one only takes the
 * place from which changes are told.
 *
 * @returns null when nothing changed
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const records = this.getMode() === 'manual' ? await forATest(this) : await round(this);
		return records.length > 0 ? [records.map((record) => ({ json: { ...record } as IDataObject }))] : null;
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

async function round(context: IPollFunctions): Promise<object[]> {
	const watch = watchOf(context);
	return watch ? await changesRound(context, watch) : await licencesRound(context);
}

/** n8n keeps no memory of a test: what a notification brought just now, else a few records as changes would bring them. */
async function forATest(context: IPollFunctions): Promise<object[]> {
	const arrived = arrivedInTest.get(triggerKey(context));
	arrivedInTest.delete(triggerKey(context));
	if (arrived) return arrived;
	const watch = watchOf(context);
	if (!watch) return await licencesSample(context);
	const { client } = await connect(context);
	return await sampleOf(client, watch.source, watch.properties, SAMPLE);
}
