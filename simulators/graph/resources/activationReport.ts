import { workloadReader } from '../../world/workloads';
import type { DirectoryUser } from '../../world/tenantDirectory';
import type { ActivationSeed } from '../../world/userServices';
import { usageReport, userColumns } from '../reports/usageReport';

interface Row {
	user: DirectoryUser;
	activation: ActivationSeed;
}

/** For somebody who has the licence and has never activated anything. */
const NEVER: ActivationSeed = { product: 'MICROSOFT 365 APPS FOR BUSINESS' };

/**
 * One row per user and product: several for one user, and one without a date for who never activated.
 * https://learn.microsoft.com/graph/api/reportroot-getoffice365activationsuserdetail
 */
export const activationReport = usageReport<Row>({
	path: 'getOffice365ActivationsUserDetail',
	file: 'Office365ActivationsUserDetail',
	rows: ({ tenant, users }) => {
		const workloadsOf = workloadReader(tenant);
		return users
			.filter((user) => workloadsOf(user).has('apps'))
			.flatMap((user) => (user.activations ?? [NEVER]).map((activation) => ({ user, activation })));
	},
	columns: (circumstances) => [
		...userColumns(circumstances).map(({ name, value }) => ({ name, value: ({ user }: Row) => value(user) })),
		{ name: 'Product Type', value: ({ activation }) => activation.product },
		{ name: 'Last Activated Date', value: ({ activation }) => activation.lastActivatedDate },
		{ name: 'Windows', value: ({ activation }) => activation.windows ?? 0 },
		{ name: 'Mac', value: ({ activation }) => activation.mac ?? 0 },
		{ name: 'Windows 10 Mobile', value: () => 0 },
		{ name: 'iOS', value: ({ activation }) => activation.ios ?? 0 },
		{ name: 'Android', value: ({ activation }) => activation.android ?? 0 },
		{ name: 'Activated On Shared Computer', value: ({ activation }) => activation.onSharedComputer ?? false },
	],
});
