import { measureProcess } from './measuredProcess';
import { packageClient, packagePart, type TenantsJob } from './readerProcess';

/** This package as it is published: as many tenants side by side as its nodes read. */
measureProcess(async (job: TenantsJob) => {
	const { inLanes, TENANTS_SIDE_BY_SIDE } = await packagePart<typeof import('../../sync/inLanes')>(job, 'inLanes');
	const { users } = await packagePart<typeof import('../../sync/source/graph/read/users')>(job, 'source', 'graph', 'read', 'users');
	let people = 0;
	await inLanes(job.tenantIds, TENANTS_SIDE_BY_SIDE, async (tenantId) => {
		const { length } = await users(await packageClient(job, tenantId));
		people += length;
	});
	return { users: people };
});
