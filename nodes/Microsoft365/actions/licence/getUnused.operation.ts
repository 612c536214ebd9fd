import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { licensedPeoplePages } from '../../../../sync/source/graph/read/licenceHolders';
import { tenantNameOf } from '../../../../sync/source/graph/read/organization';
import { personActivity } from '../../../../sync/source/graph/read/personActivity';
import { recentSignIns } from '../../../../sync/source/graph/read/recentSignIns';
import { subscribedSkus } from '../../../../sync/source/graph/read/subscribedSkus';
import { unusedLicences } from '../../../../sync/source/graph/read/unusedLicences';
import { collect } from '../../../../sync/source/graph/transport/paging';
import { connectGraph } from '../../../connect/entra';
import { wholeNumber } from '../../../checkedParameters';
import { optionalPart, type Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';
import { namesOfItem, ownNamesParameter, pricesOfItem, pricesParameters, skusOfItem, skusParameter } from './parameters';

const DAY_MS = 86_400_000;

export const getUnusedLicences: Operation = {
	value: 'getUnused',
	name: 'Get Unused',
	action: 'Get unused licences',
	description: 'Get licences of disabled people and of people without activity, closed by a summary. Who cannot be judged is counted with the reason, and never listed. Report → Sum Up Unused Licences adds several tenants up.',
	properties: [
		tenantParameter,
		{
			displayName: 'Days Without Activity',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 90,
			description: 'How long nothing was used. The usage reports look back 180 days, and end two or three days ago.',
		},
		skusParameter,
		{
			displayName: 'Include Free Licences',
			name: 'includeFree',
			type: 'boolean',
			default: false,
			description: 'Whether to judge what costs nothing, too',
		},
		{
			displayName: 'Consider Sign-Ins',
			name: 'considerSignIns',
			type: 'boolean',
			default: false,
			description: 'Whether a sign-in counts as activity. Needs AuditLog.Read.All and Entra ID P1, and takes a minute for every 5,000 people who signed in, of all tenants together.',
		},
		...pricesParameters,
		{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: [ownNamesParameter] },
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const prices = await pricesOfItem(this, itemIndex);
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const names = await namesOfItem(this, itemIndex);
		const days = wholeNumber(this.getNodeParameter('days', itemIndex, 90), 'Days Without Activity');
		const now = Date.now();
		const since = `${new Date(now - days * DAY_MS).toISOString().slice(0, 19)}Z`;
		const [tenantName, skus, activity, signIns] = await Promise.all([
			tenantNameOf(client),
			optionalPart(this, itemIndex, async () => await subscribedSkus(client)),
			optionalPart(this, itemIndex, async () => await personActivity(client, days)),
			this.getNodeParameter('considerSignIns', itemIndex, false) ? optionalPart(this, itemIndex, async () => await recentSignIns(client, since)) : undefined,
		]);
		const people = await collect(
			licensedPeoplePages(client, {
				names,
				skus: skus.read ? skus.value : [],
				anyOfSkuIds: skusOfItem(this, itemIndex),
				withoutFree: !this.getNodeParameter('includeFree', itemIndex, false),
			}),
		);
		const leftOut = [skus, activity, signIns].flatMap((part) => (part && !part.read ? [{ message: part.skipped.message, remedy: part.skipped.remedy }] : []));
		const { unused, summary } = unusedLicences(
			people,
			{ activity: activity.read ? activity.value : undefined, signIns: signIns?.read ? signIns.value : undefined, leftOut },
			{ tenantId, tenantName, days, now, prices },
		);
		if (unused.length > 0) return [...unused, summary];
		const marker: EmptyList = { kind: 'emptyList', list: 'licences', tenantId, note: 'The tenant was read to the end, and no licence is known to be unused. The summary says how many could not be judged.' };
		return [marker, summary];
	},
};
