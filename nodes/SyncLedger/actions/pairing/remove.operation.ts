import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { pairingLocator, readPairingLocator } from '../pairingParameters';

export const removePairing: Operation = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove a pairing',
	description: 'Forget that a tenant and a customer belong together; the links of their people stay, for the day they are paired again',
	properties: [pairingLocator],
	async perItem(itemIndex) {
		const pairing = readPairingLocator(this, itemIndex);
		const ledger = await openLedger(this, itemIndex);
		return [{ ...pairing, deleted: await ledger.removePairing(pairing) }];
	},
};
