import { firstPage, measureReader, tokenFor } from './readerProcess';

interface Page {
	value: unknown[];
	'@odata.nextLink'?: string;
}

/** The floor: the same transport, each page parsed and dropped, no errors looked at, nothing made of the users. */
measureReader(async (job) => {
	// Loaded while it is measured, as the others load what they need.
	const { EnvHttpProxyAgent, fetch } = await import('undici');
	const { getCACertificates } = await import('node:tls');
	const ca = [...getCACertificates('default'), job.ca];
	const dispatcher = new EnvHttpProxyAgent({ connect: { ca }, requestTls: { ca } });
	const token = await tokenFor(job, async (url, init) => await fetch(url, { ...init, dispatcher }));
	let users = 0;
	let pages = 0;
	for (let address: string | undefined = firstPage(job); address !== undefined; ) {
		const answer = await fetch(address, { dispatcher, headers: { authorization: `Bearer ${token}` } });
		const page = (await answer.json()) as Page;
		users += page.value.length;
		address = ++pages === job.pages ? undefined : page['@odata.nextLink'];
	}
	return users;
});
