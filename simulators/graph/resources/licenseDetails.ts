import { createHash } from 'node:crypto';
import { LICENSE_DETAILS } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { notFound } from '../graphFailure';
import { project, selectedProperties } from '../odata/projection';
import { contextOf, USER_READERS } from './users';

/** What one user holds, each licence with its service plans. */
export const licenseDetails: GraphResource = {
	path: 'users/{id}/licenseDetails',
	permissions: ['LicenseAssignment.Read.All', 'LicenseAssignment.ReadWrite.All', ...USER_READERS],
	resourceUnits: 2,
	options: ['$select'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(LICENSE_DETAILS, select, { collection: true });
		const user = call.tenant.findUser(call.parameters.id);
		if (!user) throw notFound(call.parameters.id);
		const value = (user.assignedLicenses ?? []).map(({ skuId, disabledPlans }) => {
			const sku = call.tenant.skus.find((each) => each.skuId === skuId);
			const whole = {
				id: createHash('sha256').update(`${user.id} ${skuId}`).digest().subarray(0, 16).toString('base64url'),
				skuId,
				skuPartNumber: sku?.skuPartNumber,
				servicePlans: (sku?.servicePlans ?? []).map((plan) => ({
					...plan,
					provisioningStatus: disabledPlans.includes(plan.servicePlanId) ? 'Disabled' : 'Success',
					appliesTo: 'User',
				})),
			};
			return project(whole, LICENSE_DETAILS, properties);
		});
		const context = `${call.origin}/v1.0/$metadata#users('${encodeURIComponent(call.parameters.id)}')/licenseDetails${contextOf(select)}`;
		return { status: 200, body: { '@odata.context': context, value } };
	},
};
