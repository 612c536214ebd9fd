import type { INodeProperties } from 'n8n-workflow';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import { personIdsByName } from '../../../../sync/source/graph/read/personIds';
import { USAGE_PERIODS, usagePages, usageProperties, type UsagePeriod, type UsageReport } from '../../../../sync/source/graph/read/usageReports';
import { collect } from '../../../../sync/source/graph/transport/paging';
import { connectGraph } from '../../../connect/entra';
import type { Operation } from '../../../operation';
import { onlyChosen, propertiesOfItem, propertiesParameter } from '../propertyChoice';
import { tenantOfItem, tenantParameter } from '../tenant';

const periodParameter: INodeProperties = {
	displayName: 'Period',
	name: 'period',
	type: 'options',
	options: USAGE_PERIODS.map((days) => ({ name: `${days} Days`, value: days })),
	default: 30,
	description: 'How far the report looks back from its own day, which is usually two or three days ago',
};

/** What is alike in the operations that read a usage report: they differ in the report. */
export function usageOperation(report: UsageReport, words: Pick<Operation, 'value' | 'name' | 'action' | 'description'>): Operation {
	const properties = usageProperties(report).map((property) => ({ ...property, byDefault: true }));
	const hasPeriod = report.address(7) !== report.address(30);
	return {
		...words,
		properties: [
			tenantParameter,
			...(hasPeriod ? [periodParameter] : []),
			{
				displayName: 'Add Person IDs',
				name: 'personIds',
				type: 'boolean',
				default: true,
				description: 'Whether to read the users as well, to say by object ID whom a row is about. Needs the permission User.Read.All.',
			},
			{
				displayName: 'If Names Are Concealed',
				name: 'concealed',
				type: 'options',
				options: [
					{ name: 'Give Rows Without Names', value: 'rows', description: 'For sums: nobody can tell whose row is whose' },
					{ name: 'Treat as Not Permitted', value: 'refuse', description: 'Skipped or failed as chosen below, with the setting that an administrator clears' },
				],
				default: 'refuse',
				description: 'What happens in a tenant that conceals people’s names in its reports, as Microsoft 365 does unless told otherwise',
			},
			propertiesParameter(properties, 'whose row it is'),
		],
		sideBySide: TENANTS_SIDE_BY_SIDE,
		skippable: true,
		async perItem(itemIndex) {
			const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
			const personIds = this.getNodeParameter('personIds', itemIndex, true) ? await personIdsByName(client) : undefined;
			const rows = await collect(
				usagePages(client, report, {
					period: hasPeriod ? (Number(this.getNodeParameter('period', itemIndex, 30)) as UsagePeriod) : 30,
					personIds,
					concealedRows: this.getNodeParameter('concealed', itemIndex, 'refuse') === 'rows',
				}),
			);
			if (rows.length > 0) return onlyChosen(rows, properties, propertiesOfItem(this, itemIndex, properties));
			const marker: EmptyList = { kind: 'emptyList', list: 'usage', tenantId, note: 'The report was read to the end, and has no rows.' };
			return [marker];
		},
	};
}
