import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeChanges } from './support/changes';
import { describeMigrations } from './support/migrations';
import { describeModel } from './support/modelComparison';
import { describePairings, describePlans, describeUpkeep } from './support/pairingsPlansUpkeep';
import { describeProcesses } from './support/processes';
import { describeRuns } from './support/runs';
import type { Stores } from './support/samples';

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
describeMigrations(stores);
describeProcesses(stores);
describeModel(stores, 150);
