import type { Resource } from '../../operation';
import { forgetCursors } from './cursor/forget.operation';
import { getManyCursors } from './cursor/getMany.operation';
import { moveCursors } from './cursor/move.operation';
import { forgetLinks } from './link/forget.operation';
import { getManyLinks } from './link/getMany.operation';
import { getManyPairings } from './pairing/getMany.operation';
import { removePairing } from './pairing/remove.operation';
import { setPairing } from './pairing/set.operation';
import { erasePerson } from './person/erase.operation';
import { finishRun } from './run/finish.operation';
import { getManyRuns } from './run/getMany.operation';
import { startRun } from './run/start.operation';
import { undoRun } from './run/undo.operation';
import { disconnectTenant } from './tenant/disconnect.operation';
import { getDueTenants } from './tenant/getDue.operation';
import { getManyTenants } from './tenant/getMany.operation';
import { getTenantDigest } from './tenant/getDigest.operation';
import { reportTenant } from './tenant/report.operation';

export const syncLedgerResources: Resource[] = [
	{
		value: 'run',
		name: 'Run',
		description: 'One sync of one tenant into one customer',
		operations: [startRun, finishRun, getManyRuns, undoRun],
	},
	{
		value: 'pairing',
		name: 'Pairing',
		description: 'Which customer a tenant belongs to',
		operations: [setPairing, getManyPairings, removePairing],
	},
	{
		value: 'link',
		name: 'Link',
		description: 'Which record of the target belongs to a person of Microsoft 365',
		operations: [getManyLinks, forgetLinks],
	},
	{
		value: 'cursor',
		name: 'Cursor',
		description: 'How far the changes of a tenant were carried out',
		operations: [getManyCursors, moveCursors, forgetCursors],
	},
	{
		value: 'tenant',
		name: 'Tenant',
		description: 'How reading and syncing a tenant went of late',
		operations: [getDueTenants, reportTenant, getTenantDigest, getManyTenants, disconnectTenant],
	},
	{
		value: 'person',
		name: 'Person',
		description: 'Everything that the ledger keeps about one person',
		operations: [erasePerson],
	},
];
