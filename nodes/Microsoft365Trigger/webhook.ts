import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { GraphClient, GraphClientOptions } from '../../sync/source/graph/transport/client';
import { tenantGuidOf } from '../../sync/source/graph/read/organization';
import { readNoticed } from '../../sync/source/graph/watch/noticed';
import { readNotices, type LifecycleNotice } from '../../sync/source/graph/watch/notices';
import { keepSubscription, renewSubscription } from '../../sync/source/graph/watch/subscriptions';
import { arrivedInTest, told } from './memory';
import { clientStateOf, connect, triggerKey, watchByNotifications, type Watch } from './settings';

/** Microsoft waits three seconds for an answer, and sends again later what was not taken (contract: B12). */
const BEFORE_MICROSOFT_TIRES: Partial<GraphClientOptions> = {
	retries: { attempts: 2, firstSeconds: 0.2, longestSeconds: 0.2 },
	budgetSeconds: 2,
	requestSeconds: 2,
};

/** More objects than this at once are left to the next poll, which reads them all in one round. */
const MOST_READ_BY_ID = 60;

/** Tokens of the handshake are a sentence with a GUID. */
const LONGEST_TOKEN = 1000;

/**
 * Takes what Microsoft Graph sends: the handshake of a new subscription, changes, and news of the subscription. Changes
 * that cannot be read now are answered with 503: Microsoft sends them again, and the next poll looks for them as well.
 */
export async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = this.getResponseObject();
	const answer = (status: number, text = ''): IWebhookResponseData => {
		response.status(status).set('x-content-type-options', 'nosniff').type('text/plain').send(text);
		return { noWebhookResponse: true };
	};
	const { validationToken } = this.getQueryData() as { validationToken?: unknown };
	if (typeof validationToken === 'string') return validationToken.length <= LONGEST_TOKEN ? answer(200, validationToken) : answer(400);

	try {
		const watch = watchByNotifications(this);
		const { client, app } = await connect(this, BEFORE_MICROSOFT_TIRES);
		const clientState = clientStateOf(this, app);
		const notices = readNotices(this.getBodyData(), { clientState, tenantId: await tenantGuidOf(client), resource: watch.resource });
		if (notices.changes.length === 0 && notices.lifecycle.length === 0) return answer(notices.refused > 0 ? 403 : 202);

		for (const notice of notices.lifecycle) await lookAfter(this, client, watch, notice, clientState);
		if (notices.changes.length > MOST_READ_BY_ID) return answer(202);
		const records = await readNoticed(client, watch.source, watch.properties, notices.changes);
		const news = records.filter((record) => watch.changes.includes(record.change) && !told.has(triggerKey(this), record));
		if (news.length === 0) return answer(202);
		// n8n answers when it has started the workflow; where it could not, Microsoft sends again, and that has to count.
		response.once('finish', () => {
			if (response.statusCode < 300) for (const record of news) told.note(triggerKey(this), record, Date.now());
		});
		const items = news.map((record) => ({ ...record }) as unknown as IDataObject);
		if (this.getMode() === 'manual') arrivedInTest.set(triggerKey(this), items);
		return { workflowData: [items.map((json) => ({ json }))] };
	} catch (error) {
		this.logger.warn(`${this.getNode().name}: ${error instanceof Error ? error.message : String(error)} Microsoft will send the notification again.`);
		return answer(503);
	}
}

/** What was missed is found by the next poll. */
async function lookAfter(context: IWebhookFunctions, client: GraphClient, { resource }: Watch, { event, subscriptionId }: LifecycleNotice, clientState: string): Promise<void> {
	if (event === 'reauthorizationRequired') await renewSubscription(client, resource, subscriptionId);
	// While somebody tests the workflow the endpoint is another one, and ends with the test.
	if (event !== 'subscriptionRemoved' || context.getMode() === 'manual') return;
	const address = context.getNodeWebhookUrl('default');
	if (address) await keepSubscription(client, { resource, address, clientState });
}
