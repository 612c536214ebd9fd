import { join } from 'node:path';
import { lookAtHeap, measureReader } from './readerProcess';

/** This package's reader as it is published: people made of the users, each page dropped when it was counted. */
measureReader(async (job) => {
	const { graphClient } = (await import(join(job.engine, 'transport', 'client.js'))) as typeof import('../../sync/source/graph/transport/client');
	const { userPages } = (await import(join(job.engine, 'read', 'users.js'))) as typeof import('../../sync/source/graph/read/users');
	const client = graphClient({
		app: {
			tenantId: job.tenantId,
			clientId: job.clientId,
			cloud: 'global',
			proof: { kind: 'secret', secret: job.secret },
			loginAddress: job.loginOrigin,
			graphAddress: job.graphOrigin,
			caCertificate: job.ca,
		},
	});
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
