import { readSignInPart } from '../../../../sync/source/graph/jobs/signInJob';
import { wholeNumber } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import { openLedger } from '../../../connect/ledger';
import { executionIdOf } from '../../../executionId';
import type { Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

export const readSignInActivity: Operation = {
	value: 'readNextPart',
	name: 'Read Next Part',
	action: 'Read the next part of the sign in activity',
	description:
		'Read when people last signed in, part by part: 5,000 people a minute at most, for all tenants of the app together. The ledger keeps the place. The last item says whether the round is complete.',
	properties: [
		tenantParameter,
		{
			displayName: 'Minutes',
			name: 'minutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description: 'After so many minutes no further page is begun; the next execution goes on there',
		},
		{
			displayName: 'Max Pages',
			name: 'pages',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 40,
			description: 'Pages of 500 people to read at most; ten can be read in a minute',
		},
		{
			displayName: 'Read Everybody Every (Days)',
			name: 'everybodyAfterDays',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description:
				'Rounds in between read only who signed in in person since the round before. Reading everybody finds sign-ins that only apps made, and what a workflow lost after it had read it.',
		},
		{
			displayName: 'Start Over',
			name: 'startOver',
			type: 'boolean',
			default: false,
			description: 'Whether to forget the place and read everybody from the beginning. Turn it off again afterwards.',
		},
	],
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const number = (name: string, title: string, otherwise: number) => wholeNumber(this.getNodeParameter(name, itemIndex, otherwise), title);
		const { activities, progress } = await readSignInPart(client, await openLedger(this, itemIndex), {
			minutes: number('minutes', 'Minutes', 5),
			pages: number('pages', 'Max Pages', 40),
			everybodyAfterDays: number('everybodyAfterDays', 'Read Everybody Every (Days)', 30),
			startOver: this.getNodeParameter('startOver', itemIndex, false) as boolean,
			holder: executionIdOf(this),
		});
		return [...activities, progress];
	},
};
