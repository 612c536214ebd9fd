import { APP_USAGE } from '../../../../sync/source/graph/read/usageReports';
import { usageOperation } from './usageOperation';

export const getAppUsage = usageOperation(APP_USAGE, {
	value: 'getAppUsage',
	name: 'Get App Usage',
	action: 'Get app usage',
	description: 'Get which Microsoft 365 apps each person used, and on which platforms',
});
