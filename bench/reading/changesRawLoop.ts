import { measureProcess } from './measuredProcess';
import { firstPage, rawRequests, type ChangesJob } from './readerProcess';

interface Page {
	value: unknown[];
	'@odata.nextLink'?: string;
	'@odata.deltaLink'?: string;
}

/** The floor: the same requests in the same order, each page counted and dropped, nothing folded. */
measureProcess(async (job: ChangesJob) => {
	const raw = await rawRequests(job);
	const token = await raw.token(job.tenantId);
	let objects = 0;
	const pages = async (first: string): Promise<string> => {
		for (let address = first; ; ) {
			const page: Page = await raw.get(address, token);
			objects += page.value.length;
			if (page['@odata.nextLink'] === undefined) return page['@odata.deltaLink'] ?? '';
			address = page['@odata.nextLink'];
		}
	};
	if (job.link !== undefined) return { link: await pages(job.link), objects };
	const latest = await pages(`${job.graphOrigin}/v1.0/users/delta?$deltatoken=latest&$select=${encodeURIComponent(job.select)}`);
	await pages(firstPage(job));
	return { link: await pages(latest), objects };
});
