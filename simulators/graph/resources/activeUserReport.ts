import { workloadReader, type Workload } from '../../world/workloads';
import type { DirectoryUser } from '../../world/tenantDirectory';
import { dateOf, DELETION_COLUMNS, usageReport, userColumns } from '../reports/usageReport';

/** In the order of the columns, as they are spelt there. */
const SERVICES: ReadonlyArray<[name: string, workload: Exclude<Workload, 'apps'>]> = [
	['Exchange', 'exchange'],
	['OneDrive', 'oneDrive'],
	['SharePoint', 'sharePoint'],
	['Skype For Business', 'skypeForBusiness'],
	['Yammer', 'yammer'],
	['Teams', 'teams'],
];

/**
 * One row per user with a licence, and when they last used which service.
 * https://learn.microsoft.com/graph/api/reportroot-getoffice365activeuserdetail
 */
export const activeUserReport = usageReport<DirectoryUser>({
	path: "getOffice365ActiveUserDetail(period='{period}')",
	file: 'Office365ActiveUserDetail',
	rows: ({ users }) => users.filter((user) => (user.assignedLicenses ?? []).length > 0),
	columns: (circumstances) => {
		const workloadsOf = workloadReader(circumstances.tenant);
		const products = new Map(circumstances.tenant.skus.map((sku) => [sku.skuId, sku.skuPartNumber]));
		return [
			...userColumns(circumstances),
			...DELETION_COLUMNS,
			...SERVICES.map(([name, workload]) => ({ name: `Has ${name} License`, value: (user: DirectoryUser) => workloadsOf(user).has(workload) })),
			...SERVICES.map(([name, workload]) => ({ name: `${name} Last Activity Date`, value: (user: DirectoryUser) => user.activity?.[workload] })),
			...SERVICES.map(([name, workload]) => ({
				name: `${name} License Assign Date`,
				value: (user: DirectoryUser) => (workloadsOf(user).has(workload) ? dateOf(user.createdDateTime) : undefined),
			})),
			{ name: 'Assigned Products', value: (user) => user.assignedLicenses?.map(({ skuId }) => products.get(skuId) ?? skuId).join('+') },
		];
	},
});
