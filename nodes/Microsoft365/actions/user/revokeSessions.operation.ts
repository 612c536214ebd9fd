import { revokeSessions } from '../../../../sync/source/graph/act/sessions';
import type { Operation } from '../../../operation';
import { securityInput, securityParameters } from './security';

export const revokeUserSessions: Operation = {
	value: 'revokeSessions',
	name: 'Revoke Sessions',
	action: 'Revoke the sessions of a user',
	description: 'Make every app ask a user for a new sign-in, within minutes to an hour',
	properties: securityParameters,
	async perItem(itemIndex) {
		const { client, user, options } = await securityInput(this, itemIndex);
		return [await revokeSessions(client, user, options)];
	},
};
