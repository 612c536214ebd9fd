import type { IPollFunctions } from 'n8n-workflow';
import type { Licence } from '../../sync/model/licence';
import { licencesOf } from '../../sync/source/graph/read/licences';
import { licenceNames } from '../../sync/source/graph/read/licenceNames';
import { tenantGuidOf } from '../../sync/source/graph/read/organization';
import { subscribedSkus } from '../../sync/source/graph/read/subscribedSkus';
import type { GraphClient } from '../../sync/source/graph/transport/client';
import { licenceChanges, type LicenceAspect, type LicenceChange } from '../../sync/source/graph/watch/licenceChanges';
import { memoryOf } from './memory';
import { connect } from './settings';

/** What is different in the tenant's licences since the last poll; the first one only looks. */
export async function licencesRound(context: IPollFunctions): Promise<LicenceChange[]> {
	const { client } = await connect(context, { budgetSeconds: context.getPollBudgetMs() / 1000 });
	const memory = memoryOf(context);
	const of = JSON.stringify([client.clientId, client.tenant, 'licences']);
	const now = await read(client);
	const before = memory.of === of ? memory.licences : undefined;
	Object.assign(memory, { of, licences: now });
	return before ? licenceChanges(before, now, context.getNodeParameter('licenceChanges') as LicenceAspect[]) : [];
}

/** The licences as they are, for somebody who tests the workflow. */
export async function licencesSample(context: IPollFunctions): Promise<LicenceChange[]> {
	const { client } = await connect(context);
	return licenceChanges([], await read(client), []);
}

async function read(client: GraphClient): Promise<Licence[]> {
	return licencesOf(await tenantGuidOf(client), await subscribedSkus(client), undefined, await licenceNames());
}
