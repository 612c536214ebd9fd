import { lookAtHeap, measureReader, packageClient, packagePart } from './readerProcess';

/** This package's reader as it is published: people made of the users, each page dropped when it was counted. */
measureReader(async (job) => {
	const client = await packageClient(job, job.tenantId);
	const { userPages } = await packagePart<typeof import('../../sync/source/graph/read/users')>(job, 'source', 'graph', 'read', 'users');
	let people = 0;
	let pages = 0;
	for await (const page of userPages(client)) {
		if (page.kind === 'restart') throw new Error('The list started over.');
		people += page.items.length;
		pages++;
		if (job.heapEveryPages && pages % job.heapEveryPages === 0) lookAtHeap();
		if (pages === job.pages) break;
	}
	return people;
});
