import { setAccountEnabled } from '../../../../sync/source/graph/act/account';
import type { Operation } from '../../../operation';
import { securityInput, securityParameters } from './security';

export const disableUser: Operation = {
	value: 'disable',
	name: 'Disable',
	action: 'Disable a user',
	description: 'Block the sign-in of a user. Sessions that are open go on for up to an hour: revoke them as well.',
	properties: securityParameters,
	async perItem(itemIndex) {
		const { client, user, options } = await securityInput(this, itemIndex);
		return [await setAccountEnabled(client, user, false, options)];
	},
};
