import type { IDataObject } from 'n8n-workflow';
import type { Licence } from '../../sync/model/licence';
import { Told } from '../../sync/source/graph/watch/told';
import type { TriggerContext } from './settings';

/**
 * What the trigger knows from one poll to the next, in n8n's static data of the workflow. Polls write it, and the hooks
 * that publish a workflow do; notifications do not, because n8n keeps the polls' copy in memory and would lose one of the two.
 */
export interface Memory {
	/** What the rest belongs to: tenant and properties. With others the trigger begins anew. */
	of?: string;
	/** From here on Microsoft Graph tells changes. */
	link?: string;
	/** Soft-deleted objects with the day of their deletion, so that a restored one is told from a changed one. */
	softDeleted?: Record<string, string>;
	/** Licences as they were last seen. */
	licences?: Licence[];
	/** The endpoint for notifications. */
	address?: string;
	/** Milliseconds since 1970. */
	subscriptionSeen?: number;
}

export function memoryOf(context: TriggerContext): Memory {
	return context.getWorkflowStaticData('node') as Memory;
}

/** What came by notifications; polls of this process look at it. */
export const told = new Told();

/** What a notification brought while somebody tests the workflow: n8n then asks `poll` for it. By trigger. */
export const arrivedInTest = new Map<string, IDataObject[]>();
