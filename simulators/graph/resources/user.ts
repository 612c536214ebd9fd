import { USER } from '../entities/user';
import type { GraphResource } from '../graphCall';
import { notFound } from '../graphFailure';
import { parseExpand } from '../odata/expand';
import { selectedProperties } from '../odata/projection';
import {
	BASIC_USER_READERS,
	contextOf,
	managerObject,
	managerOf,
	quotasOfUsers,
	readsSignIns,
	requireSignInReader,
	USER_READERS,
	userRenderer,
} from './users';

/** By object id or user principal name; deleted users are not found. */
export const user: GraphResource = {
	path: 'users/{id}',
	permissions: BASIC_USER_READERS,
	resourceUnits: 1,
	quotas: quotasOfUsers,
	options: ['$select', '$expand'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(USER, select, { collection: false });
		requireSignInReader(call, readsSignIns(call));
		const expand = call.query.get('$expand');
		const expansion = expand === undefined ? undefined : parseExpand(expand, USER, USER);
		const found = call.tenant.findUser(call.parameters.id);
		if (!found) throw notFound(call.parameters.id);
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#users${contextOf(select, expansion)}/$entity`,
				...userRenderer(call, properties, expansion)(found),
			},
		};
	},
};

/** 404 for a user without a manager. */
export const userManager: GraphResource = {
	path: 'users/{id}/manager',
	permissions: USER_READERS,
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(USER, select, { collection: false });
		const found = call.tenant.findUser(call.parameters.id);
		if (!found) throw notFound(call.parameters.id);
		const manager = managerOf(call.tenant, found);
		if (!manager) throw notFound('manager');
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#directoryObjects${contextOf(select)}/$entity`,
				...managerObject(manager, properties),
			},
		};
	},
};
