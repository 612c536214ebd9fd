import { DOMAIN } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

export const domains: GraphResource = {
	path: 'domains',
	permissions: ['Domain.Read.All', 'Domain.ReadWrite.All'],
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(DOMAIN, select, { collection: true });
		const value = call.tenant.domains.map((domain) =>
			project(
				{
					authenticationType: domain.authenticationType ?? 'Managed',
					id: domain.id,
					isAdminManaged: true,
					isDefault: domain.isDefault === true,
					isInitial: domain.isInitial === true,
					isRoot: true,
					isVerified: true,
					supportedServices: ['Email', 'OfficeCommunicationsOnline'],
					passwordValidityPeriodInDays: 2_147_483_647,
					passwordNotificationWindowInDays: 14,
				},
				DOMAIN,
				properties,
			),
		);
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#domains${contextOf(select)}`, value } };
	},
};
