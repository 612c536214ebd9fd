import { ORGANIZATION } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { project, selectedProperties } from '../odata/projection';
import { contextOf, USER_READERS } from './users';

/** A list of one: the tenant itself, with its verified domains. */
export const organization: GraphResource = {
	path: 'organization',
	permissions: ['Organization.Read.All', 'Organization.ReadWrite.All', 'DeviceManagementServiceConfig.Read.All', ...USER_READERS],
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const { tenant } = call;
		const select = call.query.names('$select');
		const properties = selectedProperties(ORGANIZATION, select, { collection: true });
		const whole = {
			tenantType: 'AAD',
			mobileDeviceManagementAuthority: tenant.features.hasIntune ? 'intune' : 'unknown',
			...tenant.organization,
			id: tenant.tenantId,
			displayName: tenant.displayName,
			verifiedDomains: tenant.domains.map((domain) => ({
				capabilities: 'Email, OfficeCommunicationsOnline',
				isDefault: domain.isDefault === true,
				isInitial: domain.isInitial === true,
				name: domain.id,
				type: domain.authenticationType ?? 'Managed',
			})),
		};
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#organization${contextOf(select)}`,
				value: [project(whole, ORGANIZATION, properties)],
			},
		};
	},
};
