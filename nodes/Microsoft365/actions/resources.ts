import type { Resource } from '../../operation';
import { checkConnection } from './connection/check.operation';
import { checkCustomer } from './customer/check.operation';
import { getManyCustomers } from './customer/getMany.operation';
import { getOrganization } from './organization/get.operation';
import { getUser } from './user/get.operation';
import { getManyUsers } from './user/getMany.operation';

export const microsoft365Resources: Resource[] = [
	{ value: 'user', name: 'User', description: 'A person in the tenant', operations: [getManyUsers, getUser] },
	{ value: 'organization', name: 'Organization', description: 'The tenant itself', operations: [getOrganization] },
	{ value: 'customer', name: 'Customer', description: 'A tenant that a partner looks after', operations: [getManyCustomers, checkCustomer] },
	{ value: 'connection', name: 'Connection', description: 'What the app may do', operations: [checkConnection] },
];
