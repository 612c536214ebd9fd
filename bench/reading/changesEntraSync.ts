import { measureProcess } from './measuredProcess';
import { packageClient, packagePart, type ChangesJob } from './readerProcess';

/** This package as it is published: the whole list with the place from which changes are told, then only the changes. */
measureProcess(async (job: ChangesJob) => {
	const client = await packageClient(job, job.tenantId);
	const { changesSince } = await packagePart<typeof import('../../sync/source/graph/delta/changes')>(job, 'source', 'graph', 'delta', 'changes');
	const { wholeList } = await packagePart<typeof import('../../sync/source/graph/delta/wholeList')>(job, 'source', 'graph', 'delta', 'wholeList');
	const { usersSource } = await packagePart<typeof import('../../sync/source/graph/delta/users')>(job, 'source', 'graph', 'delta', 'users');
	const { DEFAULT_USER_PROPERTIES } = await packagePart<typeof import('../../sync/source/graph/read/userProperties')>(job, 'source', 'graph', 'read', 'userProperties');
	if (job.link !== undefined) {
		const told = await changesSince(client, usersSource(), DEFAULT_USER_PROPERTIES, job.link);
		if (told.startOver) throw new Error('The service forgot the place.');
		return { link: told.link, objects: told.changes.length };
	}
	const events = wholeList(client, usersSource(), DEFAULT_USER_PROPERTIES);
	for (let objects = 0; ; ) {
		const { done, value } = await events.next();
		if (done) return { link: value.link, objects };
		if (value.kind === 'restart') throw new Error('The list started over.');
		objects += value.items.length;
	}
});
