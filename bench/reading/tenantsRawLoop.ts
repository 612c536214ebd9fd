import { measureProcess } from './measuredProcess';
import { firstPage, rawRequests, type TenantsJob } from './readerProcess';

/** The floor: all tenants at once, two requests each; no errors looked at, nothing made of the users. */
measureProcess(async (job: TenantsJob) => {
	const raw = await rawRequests(job);
	const counts = await Promise.all(job.tenantIds.map(async (tenantId) => (await raw.get<{ value: unknown[] }>(firstPage(job), await raw.token(tenantId))).value.length));
	return { users: counts.reduce((sum, each) => sum + each, 0) };
});
