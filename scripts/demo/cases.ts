import { appSecretExpiryAlert } from './appSecretExpiryAlert';
import type { DemoCase } from './demoCase';
import { httpUsersAndDevices } from './httpUsersAndDevices';
import { portalUsersAndDevices } from './portalUsersAndDevices';
import { syncroContacts } from './syncroContacts';
import { syncroDevicesToAssets } from './syncroDevicesToAssets';
import { syncroLicencesAndBilling } from './syncroLicencesAndBilling';
import { syncroRunJobs } from './syncroRunJobs';
import { syncroSecurityAudit } from './syncroSecurityAudit';
import { undoRun } from './undoRun';
import { unusedLicencesReport } from './unusedLicencesReport';

/** One case for each shipped template; a template without one fails the demo. */
export const CASES: readonly DemoCase[] = [
	appSecretExpiryAlert,
	httpUsersAndDevices,
	portalUsersAndDevices,
	syncroContacts,
	syncroDevicesToAssets,
	syncroLicencesAndBilling,
	syncroRunJobs,
	syncroSecurityAudit,
	undoRun,
	unusedLicencesReport,
];
