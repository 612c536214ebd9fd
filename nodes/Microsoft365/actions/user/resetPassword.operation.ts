import { resetPassword } from '../../../../sync/source/graph/act/password';
import { wholeNumber } from '../../../checkedParameters';
import { connectSecretSink } from '../../../connect/secretSink';
import type { Operation } from '../../../operation';
import { refuseAgents, securityInput, securityParameters } from './security';

export const resetUserPassword: Operation = {
	value: 'resetPassword',
	name: 'Reset Password',
	action: 'Reset the password of a user',
	description: 'Give a user a new random password, which goes to the Secret Sink and never into an item',
	properties: [
		...securityParameters,
		{
			displayName: 'Change at Next Sign-In',
			name: 'mustChange',
			type: 'boolean',
			default: true,
			description: 'Whether the user has to choose another password at the next sign-in',
		},
		{
			displayName: 'Keep in Sink (Hours)',
			name: 'keepHours',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 72,
			description: 'How long the sink is asked to keep the password; it need not comply',
		},
	],
	async perItem(itemIndex) {
		refuseAgents(this);
		const { client, user, options } = await securityInput(this, itemIndex);
		return [
			await resetPassword(client, user, {
				...options,
				sink: options.preview ? undefined : await connectSecretSink(this, itemIndex),
				mustChange: this.getNodeParameter('mustChange', itemIndex, true) !== false,
				keepHours: wholeNumber(this.getNodeParameter('keepHours', itemIndex, 72), 'Keep in Sink (Hours)'),
				now: Date.now(),
			}),
		];
	},
};
