import { unusedLicencesReport } from '../../../../sync/report/unusedLicences';
import { reportOperation } from './reportOperation';

export const reportUnusedLicences = reportOperation({
	value: 'unusedLicences',
	name: 'Sum Up Unused Licences',
	action: 'Sum up unused licences',
	description: 'One item about all tenants whose unused licences arrive from Licence → Get Unused: money per tenant and in total, as numbers and as tables in Markdown and HTML',
	report: unusedLicencesReport,
});
