import type { Contract } from '../../world/partnerDirectory';
import { CONTRACT } from '../entities/partner';
import type { GraphResource } from '../graphCall';
import { LIST_OPTIONS, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

/** Customers of the Cloud Solution Provider programme. A tenant that is no partner's has none. */
export const contracts: GraphResource = {
	path: 'contracts',
	permissions: ['Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 3,
	options: LIST_OPTIONS.filter((option) => option === '$top' || option === '$select' || option === '$filter' || option === '$skiptoken'),
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(CONTRACT, select, { collection: true });
		return listPage<Contract>({
			call,
			items: call.tenant.partner?.contracts ?? [],
			entity: CONTRACT,
			context: `contracts${contextOf(select)}`,
			subject: propertiesOf,
			render: (contract) => project(propertiesOf(contract), CONTRACT, properties),
		});
	},
};

function propertiesOf({ customerTenantId, contractType = 'Contract', ...others }: Contract): Readonly<Record<string, unknown>> {
	return { ...others, contractType, customerId: customerTenantId };
}
