import type { AuthenticationMethodSeed } from '../../world/userServices';
import type { DirectoryUser } from '../../world/tenantDirectory';
import type { GraphResource } from '../graphCall';
import { notFound, premiumMissing } from '../graphFailure';

/** The password's method id, the same for everybody. */
const PASSWORD_ID = '28c10230-6103-485e-b985-444c60001490';

/** How one user can prove who they are. Nothing that is secret is shown. */
export const authenticationMethods: GraphResource = {
	path: 'users/{id}/authentication/methods',
	permissions: ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'],
	quotas: ['identityReports'],
	options: ['$select'],
	answer: (call) => {
		if (!call.tenant.features.hasP1 && !call.settings.authenticationMethodsWithoutP1) throw premiumMissing();
		const user = call.tenant.findUser(call.parameters.id);
		if (!user) throw notFound(call.parameters.id);
		const select = call.query.names('$select');
		const value = [password(user), ...(user.authenticationMethods ?? []).map(method)].map((each) =>
			Object.fromEntries(Object.entries(each).filter(([name]) => name.startsWith('@') || (select?.includes(name) ?? true))),
		);
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#users('${user.id}')/authentication/methods`, value } };
	},
};

function password(user: DirectoryUser): Record<string, unknown> {
	return {
		'@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
		id: PASSWORD_ID,
		password: null,
		createdDateTime: user.lastPasswordChangeDateTime ?? user.createdDateTime ?? null,
	};
}

function method({ type, ...properties }: AuthenticationMethodSeed): Record<string, unknown> {
	return { '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`, createdDateTime: null, ...properties };
}
