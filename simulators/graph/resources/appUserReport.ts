import { APPS, PLATFORMS, workloadReader } from '../../world/workloads';
import type { DirectoryUser } from '../../world/tenantDirectory';
import { usageReport, userColumns } from '../reports/usageReport';

const uses = (user: DirectoryUser, app: string | undefined, platform: string | undefined): boolean =>
	(user.activity?.apps?.used ?? []).some((use) => (app === undefined || use.startsWith(`${app} (`)) && (platform === undefined || use.endsWith(`(${platform})`)));

/**
 * One row per user with Microsoft 365 Apps: which of them, and on what. There is no display name.
 * https://learn.microsoft.com/graph/api/reportroot-getm365appuserdetail
 */
export const appUserReport = usageReport<DirectoryUser>({
	path: "getM365AppUserDetail(period='{period}')",
	file: 'M365AppUserDetail',
	rows: ({ tenant, users }) => {
		const workloadsOf = workloadReader(tenant);
		return users.filter((user) => !user.deletedDateTime && workloadsOf(user).has('apps'));
	},
	columns: (circumstances) => [
		...userColumns(circumstances).filter(({ name }) => name !== 'Display Name'),
		{ name: 'Last Activation Date', value: (user) => user.activity?.apps?.lastActivationDate },
		{ name: 'Last Activity Date', value: (user) => user.activity?.apps?.lastActivityDate },
		{ name: 'Report Period', value: () => circumstances.period },
		...PLATFORMS.map((platform) => ({ name: platform, value: (user: DirectoryUser) => uses(user, undefined, platform) })),
		...APPS.map((app) => ({ name: app, value: (user: DirectoryUser) => uses(user, app, undefined) })),
		...PLATFORMS.flatMap((platform) => APPS.map((app) => ({ name: `${app} (${platform})`, value: (user: DirectoryUser) => uses(user, app, platform) }))),
	],
});
