import type { IHookFunctions } from 'n8n-workflow';
import { SyncError } from '../../sync/model/syncError';
import { dropSubscriptions, keepSubscription } from '../../sync/source/graph/watch/subscriptions';
import { IMPATIENT } from '../connect/entra';
import { toNodeError } from '../errors';
import { memoryOf, told } from './memory';
import { clientStateOf, connect, triggerKey, watchByNotifications } from './settings';

/** What n8n does with the endpoint when a workflow is published, tested and switched off. */
export const subscription = {
	/** Whatever there is, `create` looks after it: it keeps what is right and replaces what is not. */
	async checkExists(this: IHookFunctions): Promise<boolean> {
		return await Promise.resolve(false);
	},

	async create(this: IHookFunctions): Promise<boolean> {
		try {
			const { resource } = watchByNotifications(this);
			const address = addressOf(this);
			const { client, app } = await connect(this);
			await keepSubscription(client, { resource, address, clientState: clientStateOf(this, app) });
			Object.assign(memoryOf(this), { address, subscriptionSeen: Date.now() });
			return true;
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	},

	/** A workflow can be switched off also when Microsoft 365 cannot be reached, or consent was withdrawn. */
	async delete(this: IHookFunctions): Promise<boolean> {
		told.forgetBefore(triggerKey(this), Infinity);
		try {
			const { client } = await connect(this, IMPATIENT);
			await dropSubscriptions(client, watchByNotifications(this).resource, addressOf(this));
		} catch (error) {
			this.logger.warn(`${error instanceof Error ? error.message : String(error)} What is left of the subscription ends by itself within a week.`);
		}
		return true;
	},
};

function addressOf(context: IHookFunctions): string {
	const address = context.getNodeWebhookUrl('default');
	if (address) return address;
	throw new SyncError('n8n does not know the address of this trigger’s endpoint.', {
		class: 'configuration',
		code: 'trigger.noAddress',
		remedy: 'Save the workflow and publish it again.',
	});
}
