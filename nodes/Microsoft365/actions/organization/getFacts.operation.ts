import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { licenceNames } from '../../../../sync/source/graph/read/licenceNames';
import { tenantNameOf } from '../../../../sync/source/graph/read/organization';
import { personActivity } from '../../../../sync/source/graph/read/personActivity';
import { recentSignIns } from '../../../../sync/source/graph/read/recentSignIns';
import { secureScores } from '../../../../sync/source/graph/read/secureScores';
import { tenantFacts } from '../../../../sync/source/graph/read/tenantFacts';
import { wholeNumber } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import { optionalPart, type Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

export const getFacts: Operation = {
	value: 'getFacts',
	name: 'Get Facts',
	action: 'Get facts about an organization',
	description: 'Get a tenant in numbers: its Secure Score, and how many people have a licence and are active. What cannot be known is missing, and changes nothing in a target.',
	properties: [
		tenantParameter,
		{
			displayName: 'Active Within Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description: 'Who used something within so many days counts as active. The usage reports look back 180 days, and end two or three days ago.',
		},
		{
			displayName: 'Consider Sign-Ins',
			name: 'considerSignIns',
			type: 'boolean',
			default: true,
			description: 'Whether a sign-in counts as activity, where the tenant has Entra ID P1. Needs AuditLog.Read.All, and takes a minute for every 5,000 people, of all tenants together.',
		},
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const { client } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const days = wholeNumber(this.getNodeParameter('days', itemIndex, 30), 'Active Within Days');
		const [displayName, score, activity, signIns] = await Promise.all([
			tenantNameOf(client),
			optionalPart(this, itemIndex, async () => (await secureScores(client, 1)).at(0)?.score),
			optionalPart(this, itemIndex, async () => await personActivity(client, days)),
			this.getNodeParameter('considerSignIns', itemIndex, true) ? optionalPart(this, itemIndex, async () => await recentSignIns(client)) : undefined,
		]);
		const leftOut = [score, activity, signIns].flatMap((part) => (part && !part.read ? [{ message: part.skipped.message, remedy: part.skipped.remedy }] : []));
		return [
			await tenantFacts(client, {
				days,
				now: Date.now(),
				names: await licenceNames(),
				displayName,
				secureScore: score.read ? score.value : undefined,
				use: { activity: activity.read ? activity.value : undefined, signIns: signIns?.read ? signIns.value : undefined, leftOut },
			}),
		];
	},
};
