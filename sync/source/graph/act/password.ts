import { SyncError } from '../../../model/syncError';
import type { UserAction } from '../../../model/userAction';
import { newPassword } from '../../../secret/password';
import type { SecretSink } from '../../../secret/sink';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import type { Answer } from '../transport/exchange';
import type { Reading } from '../transport/reading';
import { isUnknown, perform, type ActOptions } from './perform';
import { explainForbidden } from './refusals';
import type { ActTarget } from './target';

/** `PATCH /users/{id}` of `passwordProfile`: the only way for an app without a user (contract: B11). */
export const PASSWORDS: Reading = {
	what: 'passwords of users',
	verb: 'reset',
	permission: 'User-PasswordProfile.ReadWrite.All',
	alsoBy: [],
	role: 'User Administrator',
	resourceUnits: 1,
	quotas: ['directory', 'directoryWrites'],
};

export const PASSWORDS_FEATURE: Feature = {
	key: 'passwords',
	name: 'Reset passwords',
	description: 'User → Reset Password',
	required: false,
	reading: PASSWORDS,
};

export interface ResetPasswordOptions extends ActOptions {
	/** Where the new password goes; without one nothing is reset. A preview needs none. */
	sink?: SecretSink;
	/** The user has to choose another one at the next sign-in. */
	mustChange: boolean;
	/** So long the sink is asked to keep it. */
	keepHours: number;
	/** In milliseconds. */
	now: number;
}

/**
 * Gives somebody a new random password. It goes to the secret sink first and to Entra then, so that a password that is
 * set is never lost; one that Entra refused is taken back from the sink.
 *
 * @throws SyncError (refused) for administrators unless allowed, for users of Active Directory or of a federated
 *   domain, and for guests; (unavailable, `user.passwordUnknown`) when nobody knows whether Entra took it
 */
export async function resetPassword(client: GraphClient, idOrName: string, options: ResetPasswordOptions): Promise<UserAction> {
	return await perform(client, idOrName, { action: 'resetPassword', carryOut: async (target) => await reset(client, target, options) }, options);
}

async function reset(client: GraphClient, target: ActTarget, { sink, mustChange, keepHours, now }: ResetPasswordOptions): Promise<Pick<UserAction, 'secretReference' | 'secretSink'>> {
	if (!sink) {
		throw new SyncError(`Did not reset the password of ${target.userPrincipalName}: there is no secret sink that could take the new one.`, {
			class: 'configuration',
			code: 'secretSink.missing',
			remedy: 'Choose a Secret Sink credential in this node. Passwords never come into items, where every execution would keep them.',
			tenantId: target.tenantId,
		});
	}
	const password = newPassword();
	const reference = await deliver(sink, target, { password, mustChange, expiresHint: new Date(now + keepHours * 3_600_000).toISOString() });
	const request = {
		reading: { ...PASSWORDS, what: `the password of ${target.userPrincipalName}` },
		method: 'PATCH',
		address: `/users/${target.id}`,
		body: { passwordProfile: { password, forceChangePasswordNextSignIn: mustChange } },
		secrets: [password],
		expects: 'anything',
		record: `user ${target.userPrincipalName}`,
	} as const;
	let answer: Answer;
	try {
		answer = await client.request(request);
	} catch (error) {
		if (isUnknown(error)) throw unknownOutcome(target, sink, reference, error);
		throw await takenBack(sink, reference, error as SyncError);
	}
	if (answer.status >= 200 && answer.status <= 299) return { secretReference: reference, secretSink: sink.name };
	const error = explainForbidden(client.explain(answer, request), target);
	if (answer.status >= 500) throw unknownOutcome(target, sink, reference, error);
	throw await takenBack(sink, reference, error);
}

async function deliver(sink: SecretSink, target: ActTarget, secret: { password: string; mustChange: boolean; expiresHint: string }): Promise<string> {
	const reference = crypto.randomUUID();
	try {
		return await sink.deliver({ reference, tenantId: target.tenantId, userId: target.id, userPrincipalName: target.userPrincipalName, ...secret });
	} catch (error) {
		// It may have arrived all the same; it opens nothing, so a failure to take it back changes nothing.
		await sink.withdraw(reference).catch(() => undefined);
		if (!(error instanceof SyncError)) throw error;
		throw new SyncError(`Did not reset the password of ${target.userPrincipalName}, because the new one could not be handed over. ${error.message}`, {
			class: error.class,
			code: error.code,
			remedy: `The old password still holds. ${error.remedy}`,
			tenantId: target.tenantId,
			httpStatus: error.httpStatus,
			cause: error,
		});
	}
}

/** Entra did not take the password: the sink shall not offer it. */
async function takenBack(sink: SecretSink, reference: string, error: SyncError): Promise<SyncError> {
	let withdrawn = '';
	try {
		await sink.withdraw(reference);
	} catch {
		withdrawn = ` The password with the reference ${reference} could not be taken back from ${sink.name}: delete it there, it opens nothing.`;
	}
	return new SyncError(error.message, {
		class: error.class,
		code: error.code,
		remedy: `The old password still holds.${withdrawn} ${error.remedy}`,
		tenantId: error.tenantId,
		httpStatus: error.httpStatus,
		requestId: error.requestId,
		cause: error,
	});
}

function unknownOutcome(target: ActTarget, sink: SecretSink, reference: string, error: unknown): SyncError {
	const known = error instanceof SyncError ? error : undefined;
	return new SyncError(`It is not known whether the password of ${target.userPrincipalName} was reset: the answer of Microsoft Graph did not come, or was a failure.`, {
		class: 'unavailable',
		code: 'user.passwordUnknown',
		remedy: `The new password stays in ${sink.name} under the reference ${reference}: one of the two opens the account. Look at "Last password change" of the user in Entra, or reset it again.`,
		tenantId: target.tenantId,
		httpStatus: known?.httpStatus,
		requestId: known?.requestId,
		cause: error,
	});
}
