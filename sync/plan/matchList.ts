import { isEmptyList } from '../model/emptyList';
import type { Match } from '../model/match';
import { describePairing, pairingKey, type Pairing } from '../model/pairing';
import { SyncError } from '../model/syncError';

/**
 * Checks that what arrived at a plan is the matches of exactly one pairing.
 *
 * @returns also whether the source list held only who changed
 * @throws SyncError class `input` for an empty input, other items, or several pairings
 */
export function readMatches(items: readonly unknown[]): { pairing: Pairing; matches: Match[]; incremental: boolean } {
	const matches: Match[] = [];
	const pairings = new Map<string, Pairing>();
	items.forEach((item, index) => {
		if (isEmptyList(item) && item.list === 'matches') {
			const pairing = { tenantId: item.tenantId ?? '', target: item.target ?? '', account: item.account ?? '', customerId: item.customerId ?? '' };
			pairings.set(pairingKey(pairing), pairing);
			return;
		}
		const match = item as Match;
		if (match?.kind !== 'match' || typeof match.pairing?.tenantId !== 'string') {
			throw new SyncError(`Item ${index + 1} is no match.`, {
				class: 'input',
				code: 'plan.noMatch',
				remedy: 'Connect the output of Contact Match to this node and change nothing in its items. Nothing was planned or written.',
			});
		}
		pairings.set(pairingKey(match.pairing), match.pairing);
		matches.push(match);
	});
	if (pairings.size !== 1) {
		const found = [...pairings.values()].map(describePairing).join('; ') || 'none';
		throw new SyncError(`A plan is for one tenant and one customer; here came ${pairings.size}: ${found}.`, {
			class: 'input',
			code: 'plan.severalPairings',
			remedy: 'Run Contact Match and this node once per pairing, for example in a sub-workflow.',
		});
	}
	const missing = matches.find(({ of }) => of !== undefined && of !== matches.length);
	if (missing) {
		throw new SyncError(`${matches.length} matches arrived, but Contact Match gave ${missing.of}.`, {
			class: 'input',
			code: 'plan.incompleteMatches',
			remedy:
				'Connect Contact Match directly to this node. A plan made from a part of the list would not see the contacts that stand against it. To leave people out, filter them where they are read; to leave kinds of changes out, use the settings of this node.',
		});
	}
	return { pairing: [...pairings.values()][0], matches, incremental: (items as Match[]).some(({ mode }) => mode === 'incremental') };
}
