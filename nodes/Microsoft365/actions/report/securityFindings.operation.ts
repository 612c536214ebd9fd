import { securityFindingsReport } from '../../../../sync/report/securityFindings';
import { reportOperation } from './reportOperation';

export const reportSecurityFindings = reportOperation({
	value: 'securityFindings',
	name: 'List Security Findings',
	action: 'List security findings',
	description: 'One item about all tenants whose findings arrive from Security Audit → Get Findings: numbers, and a table in Markdown and HTML, administrators first',
	report: securityFindingsReport,
});
