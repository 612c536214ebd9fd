import type { DirectoryApplication } from '../../world/tenantDirectory';
import { APPLICATION } from '../entities/application';
import type { GraphResource } from '../graphCall';
import { identifierInvalid, notFound } from '../graphFailure';
import { LIST_OPTIONS, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { memberList, placed } from './memberObjects';
import { contextOf } from './users';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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

/** Users and service principals (Microsoft's "List owners of an application"). */
export const applicationOwners: GraphResource = {
	path: 'applications/{id}/owners',
	permissions: ['Application.Read.All', 'Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => {
		const { id } = call.parameters;
		if (!GUID.test(id)) throw identifierInvalid(id);
		const found = call.tenant.applications.find((application) => application.id === id.toLowerCase());
		if (!found) throw notFound(id);
		return memberList(call, placed(found.owners));
	},
};

function shown({ owners: _, ...application }: DirectoryApplication): Readonly<Record<string, unknown>> {
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
