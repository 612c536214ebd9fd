import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withoutDoubledDevices } from '../../sync/match/doubledDevices';
import { withLinkedRecords } from '../../sync/match/linkedRecords';
import { FOREIGN_KINDS, readLists, type ForeignNames, type ListedKinds } from '../../sync/match/lists';
import { matchRecords, missingSources } from '../../sync/match/matchRecords';
import type { OpenIntent } from '../../sync/match/matchState';
import { openIntentsOf } from '../../sync/match/openIntents';
import type { EmptyList } from '../../sync/model/emptyList';
import type { MatchRule } from '../../sync/model/match';
import type { Nouns } from '../../sync/model/sourceRecord';
import type { Whereabouts } from '../../sync/model/person';
import { SyncError } from '../../sync/model/syncError';
import { lookableOf } from '../../sync/source/graph/read/lookUp';
import { connectGraph } from '../connect/entra';
import { targetDefinition, TARGETS } from '../../sync/target';
import { openLedger } from '../connect/ledger';
import { wiresPerInput } from '../inputWires';
import { RULE_TITLES } from './description';

const FOREIGN_DEFAULTS: ForeignNames = {
	tenantId: '',
	sourceId: 'id',
	sourceEmail: 'email',
	target: 'syncro',
	account: '',
	customerId: '',
	recordId: 'id',
	recordEmail: 'email',
	recordName: 'name',
};

/** Reads the two inputs and the ledger, matches, and gives one item per match (or the marker of an empty list). */
export async function matchInputs(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	refuseDoubledWires(context);
	const foreign = context.getNodeParameter('foreign', 0, {}) as Partial<ForeignNames>;
	const isForeign = Object.keys(foreign).length > 0;
	const kindsOf = (name: string): ListedKinds => TARGETS.find((target) => target.name === name) ?? (isForeign ? FOREIGN_KINDS : targetDefinition(name));
	const { pairing, sources: listed, sourceKind, incremental, elsewhere, records } = readLists(
		context.getInputData(0).map(({ json }) => json),
		context.getInputData(1).map(({ json }) => json),
		kindsOf,
		isForeign ? { ...FOREIGN_DEFAULTS, ...foreign } : undefined,
	);
	const { adoptBy, nouns, linkedRecord, linkedKind = sourceKind, outlivesSource, sourceIdField, openOnly, rules: fitting } = kindsOf(pairing.target);
	const rules = readRules(context);
	requireFitting(rules, fitting, nouns);

	let sources = withoutDoubledDevices(listed);
	let links: Array<{ sourceId: string; recordId: string }> = [];
	let openIntents: OpenIntent[] = [];
	const whereabouts = new Map<string, Whereabouts>(elsewhere);
	const unlicensed = new Set<string>();
	if (context.getNodeParameter('useLinks', 0) as boolean) {
		const ledger = await openLedger(context);
		[links, openIntents, sources] = await Promise.all([
			ledger.links(pairing),
			ledger.openIntents(pairing).then((creates) => openIntentsOf(creates, adoptBy)),
			linkedRecord ? ledger.links({ ...pairing, target: linkedRecord.target }).then((others) => withLinkedRecords(sources, linkedRecord, others)) : sources,
		]);
		const lookable = linkedKind === undefined ? undefined : lookableOf(linkedKind);
		const missing = missingSources({ sources, records, links, sourceIdField });
		const asked = !lookable ? [] : incremental ? missing.filter((id) => lookable.ofChanges.includes(elsewhere.get(id))) : missing;
		// Until it is asked nobody counts as gone, because that cannot be taken back.
		for (const id of asked) if (!incremental || elsewhere.get(id) === 'gone') whereabouts.set(id, 'unchecked');
		if (lookable && asked.length > 0 && (context.getNodeParameter('checkMissing', 0) as boolean)) {
			const { client } = await connectGraph(context, 0, pairing.tenantId);
			for (const [id, where] of await lookable.lookUp(client, asked, (id) => unlicensed.add(id))) whereabouts.set(id, where);
		}
	}

	const matches = matchRecords({ pairing, nouns, outlivesSource, sources, incremental, records, links, sourceIdField, openOnly, openIntents, rules, whereabouts, unlicensed });
	if (matches.length === 0) {
		const marker: EmptyList = { kind: 'emptyList', list: 'matches', note: 'Both lists were read and are empty.', ...(incremental ? { mode: 'incremental' } : {}), ...pairing };
		return [{ json: { ...marker } }];
	}
	// Where an item came from is known by its place in the input, for expressions that look back.
	const sourceItem = new Map(listed.map(({ id }, item) => [id, item]));
	const recordItem = new Map(records.map(({ id }, item) => [id, item]));
	return matches.map((match) => {
		const fromSource = match.source && sourceItem.get(match.source.id);
		const fromRecord = match.record && recordItem.get(match.record.id);
		const pairedItem = [
			...(fromSource === undefined ? [] : [{ item: fromSource, input: 0 }]),
			...(fromRecord === undefined ? [] : [{ item: fromRecord, input: 1 }]),
		];
		return { json: match as unknown as IDataObject, pairedItem };
	});
}

function refuseDoubledWires(context: IExecuteFunctions): void {
	const doubled = wiresPerInput(context)?.findIndex((wires) => wires > 1) ?? -1;
	if (doubled < 0) return;
	throw new SyncError(`Several wires lead into the ${doubled === 0 ? 'first' : 'second'} input.`, {
		class: 'input',
		code: 'match.severalWires',
		remedy:
			'n8n would run this node once for each wire, the second time with the other list empty. Join the lists with a Merge node (Append) and connect that one wire.',
	});
}

function readRules(context: IExecuteFunctions): MatchRule[] {
	const { rule = [] } = context.getNodeParameter('rules', 0, {}) as { rule?: Array<{ by: MatchRule['by']; sourceField?: string; targetField?: string }> };
	const rules = rule.map(({ by, sourceField = '', targetField = '' }): MatchRule => {
		if (by !== 'field') return { by };
		if (!sourceField.trim() || !targetField.trim()) {
			throw new SyncError('A rule "Any Field" does not name both of its fields.', {
				class: 'input',
				code: 'match.incompleteRule',
				remedy: 'Fill in Entra Property and Target Field of the rule, or remove it.',
			});
		}
		return { by, sourceField: sourceField.trim(), targetField: targetField.trim() };
	});
	if (!rules.some(({ by }) => by !== 'jobTitle')) {
		throw new SyncError('There is no rule by which anybody could be matched.', {
			class: 'input',
			code: 'match.noRules',
			remedy: 'Add at least one rule that is no tie-breaker, for example E-Mail.',
		});
	}
	return rules;
}

/** A new node starts with rules for people, by which nothing else is found. */
function requireFitting(rules: readonly MatchRule[], fitting: ListedKinds['rules'], { records }: Nouns): void {
	if (!fitting || rules.some(({ by }) => by === 'field' || fitting.includes(by))) return;
	const titles = (by: ReadonlyArray<MatchRule['by']>) => by.map((each) => `"${RULE_TITLES.get(each)}"`).join(', ');
	throw new SyncError(`None of the match rules ${titles(rules.map(({ by }) => by))} can find ${records}.`, {
		class: 'input',
		code: 'match.unfitRules',
		remedy: `Choose ${titles(fitting)} under Match Rules.`,
	});
}
