import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from '../../../sync/ledger/database';
import { migrate } from '../../../sync/ledger/migrate';
import { openSqliteDatabase } from '../../../sync/ledger/sqlite';
import { PRUNE_CHANGES } from '../../../sync/ledger/upkeep';
import { describeChanges } from './support/changes';
import { describeCursors } from './support/cursors';
import { describeInvitations } from './support/invitations';
import { describeJobs } from './support/jobs';
import { describeMigrations } from './support/migrations';
import { describeModel } from './support/modelComparison';
import { describePairings, describePlans, describeUpkeep } from './support/pairingsPlansUpkeep';
import { describeProcesses } from './support/processes';
import { describeRuns } from './support/runs';
import type { Stores } from './support/samples';
import { describeTenants } from './support/tenants';

const folder = mkdtempSync(join(tmpdir(), 'ledger-sqlite-'));
let count = 0;
const stores: Stores = {
	name: 'a SQLite file',
	create: async () => ({ type: 'sqlite', path: join(folder, `${++count}.sqlite`) }),
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeRuns(stores);
describeChanges(stores);
describePairings(stores);
describePlans(stores);
describeUpkeep(stores);
describeCursors(stores);
describeInvitations(stores);
describeJobs(stores);
describeTenants(stores, 40);
describeMigrations(stores);
describeProcesses(stores);
describeModel(stores, 150);

it('Pruning looks only at changes that are old enough, by an index: it happens at the end of every run', async () => {
	const database = await openSqliteDatabase(join(folder, 'plan.sqlite'));
	try {
		await migrate(database);
		const steps = await database.read(sql(`EXPLAIN QUERY PLAN ${PRUNE_CHANGES}`, 1, 1));
		const changes = steps.map(({ detail }) => String(detail)).filter((detail) => detail.includes('entra_sync_changes'));
		expect(changes).toEqual([expect.stringMatching(/^SEARCH entra_sync_changes USING .*INDEX entra_sync_changes_intended \(intended_at</)]);
	} finally {
		await database.close();
	}
});
