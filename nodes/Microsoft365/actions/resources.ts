import type { Resource } from '../../operation';
import { checkConnection } from './connection/check.operation';
import { getOrganization } from './organization/get.operation';
import { getUser } from './user/get.operation';
import { getManyUsers } from './user/getMany.operation';

export const microsoft365Resources: Resource[] = [
	{ value: 'user', name: 'User', description: 'A person in the tenant', operations: [getManyUsers, getUser] },
	{ value: 'organization', name: 'Organization', description: 'The tenant itself', operations: [getOrganization] },
	{ value: 'connection', name: 'Connection', description: 'What the app may do', operations: [checkConnection] },
];
