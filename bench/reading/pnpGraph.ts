import { firstPage, measureReader, tokenFor } from './readerProcess';

/** Another peer: PnP's Graph client with its default behaviours and its async iterator, over Node's fetch. */
measureReader(async (job) => {
	const [{ GraphQueryable, DefaultHeaders, DefaultInit }, { BearerToken, BrowserFetchWithRetry, DefaultParse }] = await Promise.all([import('@pnp/graph'), import('@pnp/queryable')]);
	const { Users } = await import('@pnp/graph/users/index.js');
	const token = await tokenFor(job, fetch);
	const graph = GraphQueryable('').using(DefaultInit(`${job.graphOrigin}/v1.0`), DefaultHeaders(), BrowserFetchWithRetry(), DefaultParse(), BearerToken(token));
	let users = 0;
	const list = Users(graph);
	for (const [name, value] of new URL(firstPage(job)).searchParams) list.query.set(name, value);
	for await (const page of list) users += page.length;
	return users;
});
