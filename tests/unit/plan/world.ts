import { matchRecords, type MatchInput } from '../../../sync/match/matchRecords';
import type { Change } from '../../../sync/model/change';
import type { Match } from '../../../sync/model/match';
import type { Person } from '../../../sync/model/person';
import type { Plan } from '../../../sync/model/plan';
import type { TargetDefinition } from '../../../sync/model/targetDefinition';
import type { Policies } from '../../../sync/model/policies';
import { CUSTOM_FIELD, type TargetRecord } from '../../../sync/model/targetRecord';
import { buildPlan, type PlanInput } from '../../../sync/plan/buildPlan';
import { DEFAULT_ACTIVITY, DEFAULT_INVITATIONS, defaultSettings, type ActivitySettings, type InvitationSettings, type Safeguards } from '../../../sync/plan/settings';
import { targetDefinition } from '../../../sync/target';

export const pairing = { tenantId: 't', target: 'syncro', account: 'msp', customerId: '1' };
const syncroContacts = targetDefinition('syncro');

export const person = (id: string, properties: Partial<Person> = {}): Person => ({
	kind: 'person', tenantId: 't', id, displayName: `Person ${id}`, email: `${id}@x.example`, userType: 'Member', accountEnabled: true, ...properties,
});

/** A contact that already holds what `person(id)` says. */
export const contact = (id: string, fields: Partial<TargetRecord> = {}): TargetRecord => ({
	kind: 'contact', target: 'syncro', account: 'msp', customerId: '1', id: `c${id}`, name: `Person ${id}`, email: `${id}@x.example`, ...fields,
});

export const linkOf = (id: string) => ({ sourceId: id, recordId: `c${id}` });

export interface World extends Partial<Pick<MatchInput, 'records' | 'links' | 'openIntents' | 'rules' | 'whereabouts' | 'unlicensed' | 'incremental'>> {
	people?: Person[];
	/** Default: contacts of Syncro. */
	definition?: TargetDefinition;
	policies?: Partial<Policies>;
	activity?: Partial<ActivitySettings>;
	invitations?: Partial<InvitationSettings>;
	knownInvitations?: PlanInput['knownInvitations'];
	now?: number;
	safeguards?: Partial<Safeguards>;
	mapping?: PlanInput['settings']['mapping'];
	mode?: PlanInput['mode'];
	lastGoodCount?: number;
	tenantDomains?: string[];
	isAllowed?: (planId: string) => boolean;
}

export const matchWorld = (world: World): Match[] =>
	matchRecords({ pairing, nouns: syncroContacts.nouns, sources: world.people ?? [], records: [], links: [], openIntents: [], rules: [{ by: 'email' }], whereabouts: new Map(), ...world });

export async function plan(world: World): Promise<Plan> {
	const definition = world.definition ?? syncroContacts;
	const settings = defaultSettings(definition);
	return await buildPlan({
		pairing,
		matches: matchWorld(world),
		incremental: world.incremental,
		definition,
		now: world.now,
		settings: {
			mapping: world.mapping ?? settings.mapping,
			policies: { ...settings.policies, ...world.policies },
			activity: { ...DEFAULT_ACTIVITY, ...world.activity },
			invitations: { ...DEFAULT_INVITATIONS, ...world.invitations },
			safeguards: { ...settings.safeguards, ...world.safeguards },
		},
		mode: world.mode ?? 'apply',
		lastGoodCount: world.lastGoodCount,
		knownInvitations: world.knownInvitations,
		tenantDomains: world.tenantDomains,
		decision: async (idOfUse) => ({ planId: idOfUse(1), allowed: world.isAllowed?.(idOfUse(1)) === true }),
	});
}

/** What the target and the ledger hold after every change of a plan has been carried out. */
export function carryOut(changes: readonly Change[], world: World): World {
	const records = new Map((world.records ?? []).map((record) => [record.id, record]));
	const links = new Map((world.links ?? []).map((link) => [link.sourceId, link]));
	for (const change of changes) {
		const id = change.recordId ?? `new-${change.sourceId}`;
		if (change.action === 'delete') records.delete(id);
		else {
			const record: TargetRecord = { ...(records.get(id) ?? { kind: 'contact', target: 'syncro', account: 'msp', customerId: '1', id }) };
			for (const { field, after } of change.fields) {
				const stored = field === 'phone' || field === 'mobile' ? (after?.replace(/\D+/g, '') ?? null) : after;
				if (field.startsWith(CUSTOM_FIELD)) record.properties = { ...(record.properties as object), [field.slice(CUSTOM_FIELD.length)]: stored };
				else record[field] = stored;
			}
			records.set(id, record);
		}
		if (change.unlink) links.delete(change.sourceId);
		else links.set(change.sourceId, { sourceId: change.sourceId, recordId: id });
	}
	return { ...world, records: [...records.values()], links: [...links.values()] };
}
