import { setAccountEnabled } from '../../../../sync/source/graph/act/account';
import type { Operation } from '../../../operation';
import { securityInput, securityParameters } from './security';

export const enableUser: Operation = {
	value: 'enable',
	name: 'Enable',
	action: 'Enable a user',
	description: 'Let a user sign in again',
	properties: securityParameters,
	async perItem(itemIndex) {
		const { client, user, options } = await securityInput(this, itemIndex);
		return [await setAccountEnabled(client, user, true, options)];
	},
};
