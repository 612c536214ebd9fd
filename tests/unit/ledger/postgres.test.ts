import { describeChanges } from './support/changes';
import { describeCursors } from './support/cursors';
import { describeInvitations } from './support/invitations';
import { describeJobs } from './support/jobs';
import { describeMigrations } from './support/migrations';
import { describeModel } from './support/modelComparison';
import { describeProcesses } from './support/processes';
import { findPostgres, startPostgres, type PostgresCluster } from './support/postgresCluster';
import { describePairings, describePlans, describeUpkeep } from './support/pairingsPlansUpkeep';
import { describePostgresTrouble } from './support/postgresTrouble';
import { describeRuns } from './support/runs';
import type { Stores } from './support/samples';
import { describeTenants } from './support/tenants';

const bin = findPostgres();

if (bin === undefined) {
	console.warn('PostgreSQL is not installed and could not be installed: the ledger was NOT tested against PostgreSQL.');
	it('was NOT tested against PostgreSQL, which is not installed here', () => {
		expect(findPostgres()).toBeUndefined();
	});
} else {
	let cluster: PostgresCluster;
	beforeAll(async () => {
		cluster = await startPostgres(bin);
	}, 120_000);
	afterAll(() => cluster?.stop());

	const stores: Stores = {
		name: 'PostgreSQL',
		create: async () => ({ type: 'postgres', ...(await cluster.emptyDatabase()) }),
	};
	describeRuns(stores);
	describeChanges(stores);
	describePairings(stores);
	describePlans(stores);
	describeUpkeep(stores);
	describeCursors(stores);
	describeInvitations(stores);
	describeJobs(stores);
	describeTenants(stores, 8);
	describeMigrations(stores);
	describePostgresTrouble(() => cluster);
	describeProcesses(stores);
	describeModel(stores, 30);
}
