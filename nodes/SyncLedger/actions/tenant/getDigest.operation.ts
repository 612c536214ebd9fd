import { describeMoment } from '../../../../sync/ledger/refusals';
import type { ReleasedTenant, TenantDigest, TenantState } from '../../../../sync/ledger/tenants';
import { wholeNumber } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { iso } from '../items';
import { tenantItem } from './tenantParameters';

export const getTenantDigest: Operation = {
	value: 'getDigest',
	name: 'Get Digest',
	action: 'Get a digest of tenants',
	description: 'One item about all tenants: which fail, since when and why, and which were released. Each failure is told as new once, until its reason changes.',
	properties: [
		{
			displayName: 'Failures in a Row, at Least',
			name: 'leastFailures',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'A tenant that failed fewer times is not told yet: it may have been a passing fault',
		},
		{
			displayName: 'Mark as Told',
			name: 'markTold',
			type: 'boolean',
			default: true,
			description: 'Whether the next digest leaves out as new what this one tells. Turn it off to look without consequences.',
		},
	],
	async perItem(itemIndex) {
		const leastFailures = wholeNumber(this.getNodeParameter('leastFailures', itemIndex), 'Failures in a Row, at Least');
		const markTold = this.getNodeParameter('markTold', itemIndex) as boolean;
		const ledger = await openLedger(this, itemIndex);
		const digest = await ledger.tenantDigest({ leastFailures, markTold });
		const { newlyFailing, stillFailing, released } = digest;
		return [
			{
				kind: 'tenantDigest',
				somethingNew: newlyFailing.length + released.length > 0,
				newlyFailing: newlyFailing.map(tenantItem),
				stillFailing: stillFailing.map(tenantItem),
				released: released.map(({ tenantId, name, failingSince, releasedAt }) => ({ tenantId, ...(name === undefined ? {} : { tenantName: name }), failingSince: iso(failingSince), releasedAt: iso(releasedAt) })),
				text: textOf(digest),
			},
		];
	},
};

/** The digest as a message to people. */
function textOf({ newlyFailing, stillFailing, released }: TenantDigest): string {
	const section = (title: string, lines: string[]) => (lines.length > 0 ? [`${title} (${lines.length}):`, ...lines.map((line) => `- ${line}`)] : []);
	const parts = [
		...section('Failing', newlyFailing.map(failureLine)),
		...section('Still failing', stillFailing.map(failureLine)),
		...section('Working again', released.map(releaseLine)),
	];
	return parts.length > 0 ? parts.join('\n') : 'No tenant is failing.';
}

function failureLine({ tenantId, name, failures, failingSince, nextTryAt, message }: TenantState): string {
	const times = failures === 1 ? 'once' : `${failures} times in a row`;
	const next = nextTryAt === undefined ? '' : ` Next try ${describeMoment(nextTryAt)}.`;
	return `${name ?? tenantId}: ${times} since ${describeMoment(failingSince!)}. ${message ?? ''}${next}`;
}

function releaseLine({ tenantId, name, failingSince, releasedAt }: ReleasedTenant): string {
	return `${name ?? tenantId}: since ${describeMoment(releasedAt)}, after failing since ${describeMoment(failingSince)}`;
}
