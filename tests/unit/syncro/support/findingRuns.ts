import type { AuthenticationStatus } from '../../../../sync/model/authentication';
import type { Finding } from '../../../../sync/model/finding';
import type { SourceRecord } from '../../../../sync/model/sourceRecord';
import { defaultSettings } from '../../../../sync/plan/settings';
import { byUrgency } from '../../../../sync/source/graph/read/securityFindings';
import { mfaFindings } from '../../../../sync/source/graph/read/mfaFindings';
import { secureScoreFinding } from '../../../../sync/source/graph/read/secureScoreFinding';
import { openAlerts } from '../../../../sync/target/syncro/alerts/alerts';
import { alertStore } from '../../../../sync/target/syncro/alerts/store';
import type { SyncroClient } from '../../../../sync/target/syncro/client';
import { ticketStore } from '../../../../sync/target/syncro/tickets/store';
import { openTickets } from '../../../../sync/target/syncro/tickets/tickets';
import { planRecords, syncRecords, type RecordSync } from './recordRuns';

export const STORES = { alerts: alertStore, tickets: ticketStore };
const READS = { alerts: openAlerts, tickets: openTickets };

/** What is known of somebody in a tenant. */
export type Known = 'missing' | 'missing, administrator' | 'registered' | 'unknown';

/** What the audit of a tenant gives, made by the code that audits: people by what is known of them, and the score. */
export function audit(tenantId: string, people: Record<string, Known>, score?: number): Finding[] {
	const audited = { tenantId, tenantName: 'Northwind' };
	const persons = Object.keys(people).map((id) => ({ kind: 'person' as const, tenantId, id, displayName: `Person ${id}`, accountEnabled: true, userType: 'Member' as const }));
	const registrations = Object.entries(people)
		.filter(([, known]) => known !== 'unknown')
		.map(([personId, known]): AuthenticationStatus => ({
			kind: 'authentication', source: 'registrationReport', tenantId, personId, methods: [],
			mfaCapable: known === 'registered', mfaRegistered: known === 'registered', administrator: known === 'missing, administrator',
		}));
	const { findings } = mfaFindings({ registrations, people: persons, deleted: [] }, audited, false);
	return [...findings, ...(score === undefined ? [] : [secureScoreFinding(score, 60, audited)])].sort(byUrgency);
}

export interface FindingJob extends Pick<RecordSync, 'ledger' | 'pairing' | 'mapping' | 'policies' | 'mode'> {
	client: SyncroClient;
	findings: Finding[];
}

/** The run of an audit, with the brakes as they are at first. The target of the pairing says which records: `syncro:alerts` or `syncro:tickets`. */
function runOf({ client, findings, pairing, ...job }: FindingJob): RecordSync {
	const kind = pairing.target.split(':')[1] as keyof typeof STORES;
	const store = STORES[kind](client);
	const here = (change: Finding['change']) => findings.filter((finding) => finding.change === change);
	return {
		policies: { new: 'create' },
		...job,
		store,
		pairing,
		incremental: true,
		sources: here('present') as unknown as SourceRecord[],
		whereabouts: here('gone').map(({ id }) => [id, 'gone']),
		records: async () => await READS[kind](client, pairing.customerId),
		// As Contact Match has it when it is new: it is no use for findings.
		rules: [{ by: 'email' }],
		safeguards: defaultSettings(store.definition).safeguards,
	};
}

export const planFindings = async (job: FindingJob) => await planRecords(runOf(job));
export const syncFindings = async (job: FindingJob) => await syncRecords(runOf(job));
