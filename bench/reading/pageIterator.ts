import type { PageCollection } from '@microsoft/microsoft-graph-client';
import { firstPage, measureReader, tokenFor } from './readerProcess';

/** The peer: Microsoft's own client with its own middleware and page iterator, over Node's fetch. */
measureReader(async (job) => {
	const { Client, PageIterator } = await import('@microsoft/microsoft-graph-client');
	const token = await tokenFor(job, fetch);
	const client = Client.initWithMiddleware({
		baseUrl: job.graphOrigin,
		defaultVersion: 'v1.0',
		authProvider: { getAccessToken: () => Promise.resolve(token) },
		// It sends tokens to Microsoft's own hosts, and to these.
		customHosts: new Set([new URL(job.graphOrigin).hostname]),
	});
	const page = (await client.api(firstPage(job)).get()) as PageCollection;
	let users = 0;
	const iterator = new PageIterator(client, page, () => {
		users++;
		return true;
	});
	await iterator.iterate();
	return users;
});
