import { USER_ACTIVITY } from '../../../../sync/source/graph/read/usageReports';
import { usageOperation } from './usageOperation';

export const getActiveUsers = usageOperation(USER_ACTIVITY, {
	value: 'getActiveUsers',
	name: 'Get Active Users',
	action: 'Get active users',
	description: 'Get when each person last used Exchange, OneDrive, SharePoint, Teams and the others',
});
