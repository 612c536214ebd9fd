import { SyncError } from '../../../model/syncError';
import type { UserAction } from '../../../model/userAction';
import type { ActTarget } from './target';

/** How an action is called in a sentence: "would … the password". */
export const ACTION_WORDS: Record<UserAction['action'], { infinitive: string; past: string; object: string }> = {
	resetPassword: { infinitive: 'reset the password of', past: 'The password was reset', object: 'the password' },
	revokeSessions: { infinitive: 'revoke the sessions of', past: 'All sessions were revoked', object: 'the sessions' },
	enable: { infinitive: 'enable', past: 'The account was enabled', object: 'the account' },
	disable: { infinitive: 'disable', past: 'The account was disabled', object: 'the account' },
};

/** Why something is not done to this user, with what to do instead; undefined: nothing stands against it. */
export function refusalOf(action: UserAction['action'], target: ActTarget, allowAdministrators: boolean): SyncError | undefined {
	const name = target.userPrincipalName;
	const refuse = (code: string, why: string, remedy: string) =>
		new SyncError(`Did not ${ACTION_WORDS[action].infinitive} ${name}: ${why}`, { class: 'refused', code: `user.${code}`, remedy, tenantId: target.tenantId });

	if (!allowAdministrators) {
		if (!target.adminRoles.read) {
			return refuse('rolesUnknown', `it cannot be told whether this is an administrator. ${target.adminRoles.skipped.message}`, `${target.adminRoles.skipped.remedy} Or turn on "Allow Administrators".`);
		}
		const roles = target.adminRoles.value;
		if (roles.length > 0) {
			return refuse('administrator', `this is an administrator (${roles.join(', ')}).`, 'Do it in the Entra admin center, or turn on "Allow Administrators" if you are sure.');
		}
	}
	if (action === 'revokeSessions') return undefined;
	if (target.synced) {
		const where = action === 'resetPassword' ? 'Reset the password in Active Directory, or in the Entra admin center if password writeback is on.' : `${action === 'enable' ? 'Enable' : 'Disable'} the account in Active Directory; the next synchronisation brings it here.`;
		return refuse('synchronised', 'the user is synchronised from Active Directory, which decides about it.', where);
	}
	if (action !== 'resetPassword') return undefined;
	if (target.guest) return refuse('guest', 'this is a guest, whose password is kept by their own organisation.', 'Ask the guest to reset it where they belong; to keep them out, disable the account.');
	if (target.federatedDomain !== undefined) {
		return refuse('federated', `the domain ${target.federatedDomain} is federated: another identity provider keeps its passwords.`, 'Reset the password at that identity provider.');
	}
	return undefined;
}

/** Names the directory role that an app needs besides its permission (contract: B11), where Graph refused for want of either. */
export function explainForbidden(error: SyncError, target: ActTarget): SyncError {
	if (error.class !== 'notPermitted') return error;
	const isAdministrator = target.adminRoles.read && target.adminRoles.value.length > 0;
	const role = isAdministrator || !target.adminRoles.read ? 'Privileged Authentication Administrator' : 'User Administrator';
	return new SyncError(error.message, {
		class: 'notPermitted',
		code: error.code,
		remedy: `${error.remedy} If the permission is there, give the app (or the account that signs in) the directory role ${role} as well: Entra admin center → Roles & admins → ${role} → Add assignments.`,
		tenantId: error.tenantId,
		httpStatus: error.httpStatus,
		requestId: error.requestId,
		cause: error,
	});
}
