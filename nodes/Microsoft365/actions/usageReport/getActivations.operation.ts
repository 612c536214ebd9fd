import { APP_ACTIVATIONS } from '../../../../sync/source/graph/read/usageReports';
import { usageOperation } from './usageOperation';

export const getActivations = usageOperation(APP_ACTIVATIONS, {
	value: 'getActivations',
	name: 'Get Activations',
	action: 'Get app activations',
	description: 'Get on how many devices each person activated the Microsoft 365 apps',
});
