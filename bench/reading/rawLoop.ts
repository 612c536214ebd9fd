import { firstPage, measureReader, rawRequests } from './readerProcess';

interface Page {
	value: unknown[];
	'@odata.nextLink'?: string;
}

/** The floor: the same transport, each page parsed and dropped, no errors looked at, nothing made of the users. */
measureReader(async (job) => {
	const raw = await rawRequests(job);
	const token = await raw.token(job.tenantId);
	let users = 0;
	let pages = 0;
	for (let address: string | undefined = firstPage(job); address !== undefined; ) {
		const page: Page = await raw.get(address, token);
		users += page.value.length;
		address = ++pages === job.pages ? undefined : page['@odata.nextLink'];
	}
	return users;
});
