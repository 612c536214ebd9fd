import type { DirectoryApplication } from '../../world/tenantDirectory';
import { APPLICATION } from '../entities/application';
import type { GraphResource } from '../graphCall';
import { LIST_OPTIONS, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

/** App registrations of the tenant. Secrets and keys themselves are never shown. */
export const applications: GraphResource = {
	path: 'applications',
	permissions: ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 2,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(APPLICATION, select, { collection: true });
		return listPage<DirectoryApplication>({
			call,
			items: call.tenant.applications,
			entity: APPLICATION,
			context: `applications${contextOf(select)}`,
			render: (application) => project(shown(application), APPLICATION, properties),
		});
	},
};

function shown(application: DirectoryApplication): Readonly<Record<string, unknown>> {
	return {
		...application,
		passwordCredentials: (application.passwordCredentials ?? []).map((credential) => ({
			customKeyIdentifier: null,
			displayName: null,
			hint: null,
			...credential,
			secretText: null,
		})),
		keyCredentials: (application.keyCredentials ?? []).map((credential) => ({
			customKeyIdentifier: null,
			displayName: null,
			...credential,
			key: null,
			type: 'AsymmetricX509Cert',
			usage: 'Verify',
		})),
	};
}
