/**
 * One tenant paired with one customer of one target account. Matching, links, plans and runs belong to a
 * pairing and never cross it: the same e-mail address in two customers is normal.
 */
export interface Pairing {
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** The target: a system (`syncro`: its contacts), or one kind of its records (`syncro:assets`). */
	target: string;
	/** The account in the target system, for example the Syncro subdomain. */
	account: string;
	/** The customer (organisation, company) within that account. */
	customerId: string;
}

/** The system of a target: `syncro` for `syncro` and `syncro:assets`. Which customer a tenant belongs to is known per system. */
export function systemOf(target: string): string {
	return target.split(':', 1)[0];
}

/** The pairing as one string, for keys in maps and in the ledger. Equal pairings give equal keys. */
export function pairingKey(pairing: Pairing): string {
	return [pairing.tenantId, pairing.target, pairing.account, pairing.customerId]
		.map((part) => encodeURIComponent(String(part).trim().toLowerCase()))
		.join('/');
}

/** The pairing for people to read. */
export function describePairing(pairing: Pairing): string {
	return `tenant ${pairing.tenantId} and ${pairing.target} customer ${pairing.customerId} of account ${pairing.account}`;
}
