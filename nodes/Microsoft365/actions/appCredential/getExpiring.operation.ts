import type { IExecuteFunctions } from 'n8n-workflow';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import { SyncError } from '../../../../sync/model/syncError';
import { expiringAppCredentials } from '../../../../sync/source/graph/read/expiringAppCredentials';
import { listOf, wholeNumber } from '../../../checkedParameters';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { orEmptyList } from '../emptyList';
import { tenantOfItem, tenantParameter } from '../tenant';
import { appsParameter, ownOnlyOfItem } from './appsParameter';

const TITLE = 'Days Before the End';

export const getExpiringAppCredentials: Operation = {
	value: 'getExpiring',
	name: 'Get Expiring',
	action: 'Get expiring app credentials',
	description: 'Get the secrets and certificates of app registrations that end soon or have ended, with who must renew them and a text for a message',
	properties: [
		tenantParameter,
		{
			displayName:
				'Each comes in every run until it is renewed, under the threshold that it has passed. To tell it once per threshold, put n8n’s Remove Duplicates node behind this one: operation "Remove Items Processed in Previous Executions", value to dedupe on {{ $json.alertKey }}.',
			name: 'onceNotice',
			type: 'notice',
			default: '',
		},
		appsParameter,
		{
			displayName: TITLE,
			name: 'thresholds',
			type: 'string',
			default: '60, 30, 7',
			placeholder: 'e.g. 60, 30, 7',
			description: 'When somebody is to be told, separated by commas',
		},
		{
			displayName: 'Ended Within (Days)',
			name: 'endedWithinDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description: 'What ended within so many days is told as well, once more; 0: nothing that has ended. What ended long ago is mostly not used any more.',
		},
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const thresholds = thresholdsOfItem(this, itemIndex);
		const endedWithinDays = wholeNumber(this.getNodeParameter('endedWithinDays', itemIndex, 30), 'Ended Within (Days)', 0);
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const found = await expiringAppCredentials(client, { now: Date.now(), thresholds, endedWithinDays, ownOnly: ownOnlyOfItem(this, itemIndex) });
		return orEmptyList(found, 'appCredentials', tenantId, 'The tenant was read to the end, and no secret or certificate in it is due.');
	},
};

function thresholdsOfItem(context: IExecuteFunctions, itemIndex: number): number[] {
	const given = context.getNodeParameter('thresholds', itemIndex, '60, 30, 7');
	const thresholds = listOf(given).map((each) => wholeNumber(each, TITLE, 0));
	if (thresholds.length > 0) return thresholds;
	throw new SyncError(`${TITLE} is empty: nothing would ever be told.`, { class: 'input', code: 'parameter.nothingChosen', remedy: `Give at least one number in ${TITLE}, or correct the expression in it.` });
}
