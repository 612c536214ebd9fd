import { MAILBOX_USAGE } from '../../../../sync/source/graph/read/usageReports';
import { usageOperation } from './usageOperation';

export const getMailboxUsage = usageOperation(MAILBOX_USAGE, {
	value: 'getMailboxUsage',
	name: 'Get Mailbox Usage',
	action: 'Get mailbox usage',
	description: 'Get size, limits, kind and last activity of each mailbox',
});
