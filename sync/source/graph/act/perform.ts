import { SyncError } from '../../../model/syncError';
import type { UserAction } from '../../../model/userAction';
import type { GraphClient } from '../transport/client';
import { ACTION_WORDS, refusalOf } from './refusals';
import { actTarget, type ActTarget, type Administrators } from './target';

export interface ActOptions {
	/** Says what would happen and changes nothing. */
	preview: boolean;
	/** Otherwise administrators are refused, and everybody when it cannot be told who they are. */
	allowAdministrators: boolean;
	/** Who holds which roles, where somebody knows it already. */
	administrators?: Administrators;
}

/** What an action does once nothing stands against it. */
export interface Deed {
	action: UserAction['action'];
	/** It is so already. */
	isSo?: (target: ActTarget) => boolean;
	/** Adds to the outcome what came of it. */
	carryOut(target: ActTarget): Promise<Pick<UserAction, 'secretReference' | 'secretSink'> | void>;
}

/**
 * Looks at the user, refuses or previews, and otherwise does it.
 *
 * @throws SyncError (refused) with the reason and what to do instead; in a preview a refusal is an outcome
 */
export async function perform(client: GraphClient, idOrName: string, deed: Deed, options: ActOptions): Promise<UserAction> {
	const target = await actTarget(client, idOrName, options.administrators);
	const outcome = (of: UserAction['outcome'], message: string, more: Partial<UserAction> = {}): UserAction => ({
		kind: 'userAction',
		action: deed.action,
		tenantId: target.tenantId,
		id: target.id,
		userPrincipalName: target.userPrincipalName,
		displayName: target.displayName,
		preview: options.preview,
		outcome: of,
		message,
		...(target.adminRoles.read ? { adminRoles: target.adminRoles.value } : {}),
		...more,
	});
	const refusal = refusalOf(deed.action, target, options.allowAdministrators);
	if (refusal && !options.preview) throw refusal;
	if (refusal) return outcome('wouldBeRefused', refusal.message, { remedy: refusal.remedy });
	const words = ACTION_WORDS[deed.action];
	if (deed.isSo?.(target)) return outcome('unchanged', `There is nothing to do: ${target.userPrincipalName} is ${deed.action}d already.`);
	if (options.preview) return outcome('wouldBeDone', `Would ${words.infinitive} ${target.userPrincipalName}. This is a preview: nothing was changed.`);
	return outcome('done', `${words.past} (${target.userPrincipalName}).`, (await deed.carryOut(target)) ?? {});
}

/** A change of which nobody knows whether it arrived, for the words of an error. */
export function isUnknown(error: unknown): boolean {
	return !(error instanceof SyncError) || (error.class === 'unavailable' && error.httpStatus !== 429);
}
