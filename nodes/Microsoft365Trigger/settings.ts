import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { SyncError } from '../../sync/model/syncError';
import type { DirectoryRecord } from '../../sync/model/sourceChange';
import type { DeltaSource } from '../../sync/source/graph/delta/source';
import type { EntraApp } from '../../sync/source/graph/signIn/entraApp';
import type { GraphClient, GraphClientOptions } from '../../sync/source/graph/transport/client';
import { clientStateFor } from '../../sync/source/graph/watch/clientState';
import type { WatchedResource } from '../../sync/source/graph/watch/subscriptions';
import { tenantGiven } from '../Microsoft365/actions/tenant';
import { listOf } from '../checkedParameters';
import { graphForTrigger } from '../connect/entra';
import { WATCHED } from './watched';

/** n8n calls a trigger from three sides. */
export type TriggerContext = IPollFunctions | IHookFunctions | IWebhookFunctions;

/** What the node watches, as its panel says. */
export interface Watch {
	resource: WatchedResource;
	source: DeltaSource<DirectoryRecord>;
	properties: readonly string[];
	/** Kinds of change that start the workflow. */
	changes: readonly string[];
	byNotifications: boolean;
}

/** The part of the panel that is about users, groups and devices; undefined for licences. */
export function watchOf(context: TriggerContext): Watch | undefined {
	const resource = context.getNodeParameter('resource') as WatchedResource | 'licences';
	if (resource === 'licences') return undefined;
	const { source } = WATCHED[resource];
	return {
		resource,
		source,
		properties: [
			...listOf(context.getNodeParameter(`${resource}Properties`)),
			...listOf(context.getNodeParameter('options.extraProperties', '')),
		],
		changes: listOf(context.getNodeParameter('changes')),
		byNotifications: context.getNodeParameter('delivery') === 'notifications',
	};
}

/** As `watchOf`, where only notifications are the matter. */
export function watchByNotifications(context: TriggerContext): Watch {
	const watch = watchOf(context);
	if (watch?.byNotifications) return watch;
	throw new SyncError('This trigger does not learn of changes by notifications.', {
		class: 'input',
		code: 'trigger.notByNotifications',
		remedy: 'Publish the workflow again, so that n8n forgets the endpoint.',
	});
}

export async function connect(context: TriggerContext, limits: Partial<GraphClientOptions> = {}): Promise<{ client: GraphClient; app: EntraApp }> {
	return await graphForTrigger(context, tenantGiven(context, context.getNodeParameter('tenant', '', { extractValue: true })), limits);
}

/** Names this trigger among all that use the same app, in whatever process it is asked. */
export function triggerKey(context: TriggerContext): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

export function clientStateOf(context: TriggerContext, app: EntraApp): string {
	return clientStateFor(app, triggerKey(context));
}
