import { expiringAppCredentialsReport } from '../../../../sync/report/expiringAppCredentials';
import { reportOperation } from './reportOperation';

export const reportAppCredentials = reportOperation({
	value: 'appCredentials',
	name: 'List Expiring App Credentials',
	action: 'List expiring app credentials',
	description: 'One item about all tenants whose secrets and certificates arrive from App Credential → Get Expiring: numbers, and a table in Markdown and HTML, the soonest end first',
	report: expiringAppCredentialsReport,
});
