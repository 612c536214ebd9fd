import { join } from 'node:path';
import { measureTenants } from './tenantsProcess';

/** This package as it is published: as many tenants side by side as its nodes read. */
measureTenants(async (job) => {
	const { inLanes, TENANTS_SIDE_BY_SIDE } = (await import(join(job.engine, 'inLanes.js'))) as typeof import('../../sync/inLanes');
	const { graphClient } = (await import(join(job.engine, 'source', 'graph', 'transport', 'client.js'))) as typeof import('../../sync/source/graph/transport/client');
	const { users } = (await import(join(job.engine, 'source', 'graph', 'read', 'users.js'))) as typeof import('../../sync/source/graph/read/users');
	let people = 0;
	await inLanes(job.tenantIds, TENANTS_SIDE_BY_SIDE, async (tenantId) => {
		const client = graphClient({
			app: {
				tenantId,
				clientId: job.clientId,
				cloud: 'global',
				proof: { kind: 'secret', secret: job.secret },
				loginAddress: job.loginOrigin,
				graphAddress: job.graphOrigin,
				caCertificate: job.ca,
			},
		});
		const { length } = await users(client);
		people += length;
	});
	return people;
});
