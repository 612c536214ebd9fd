import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';
import { literal } from '../transport/reading';
import { skuIds, userTypeOf, type RawUser } from './userProjection';

/** Which users to read; what is left out does not restrict. */
export interface UserFilter {
	userType?: 'members' | 'guests' | 'both';
	account?: 'enabled' | 'disabled' | 'both';
	/** Only people with at least one licence. */
	licensedOnly?: boolean;
	/** Holding at least one of these subscriptions (SKU GUIDs). */
	anyOfSkuIds?: readonly string[];
	/** E-mail address, else user principal name, in one of these domains. */
	domains?: readonly string[];
	department?: string;
	/** Object id of a group. */
	groupId?: string;
	/** Members of groups in that group count as well. */
	nestedGroups?: boolean;
	/** A `$filter` of the builder's own, combined with the others by "and". */
	expression?: string;
}

/** A filter split into what the service evaluates and what is evaluated here, on each page. */
export interface SplitFilter {
	/** For `$filter`; undefined when there is nothing to send. */
	expression?: string;
	/** The expression needs the advanced query engine: `ConsistencyLevel: eventual` and `$count=true`. */
	advanced: boolean;
	/** Undefined when everybody on a page is wanted. */
	wanted?: (raw: RawUser) => boolean;
	/** Entra's properties that `wanted` looks at. */
	needed: string[];
}

/** The service refuses long chains of "or"; more subscriptions than this are compared here. */
const MOST_SKUS_IN_EXPRESSION = 10;

/**
 * Sends to the service what it evaluates exactly without the advanced engine, whose index lags behind; the
 * rest is evaluated here. Members of a group are filtered here altogether: there every filter is an advanced one.
 *
 * @param local evaluates everything here, where the request takes no filter; an expression is sent all the same
 * @throws SyncError (input) for ids that are not GUIDs, and domains that are not domains
 */
export function splitFilter(filter: UserFilter, local = filter.groupId !== undefined): SplitFilter {
	if (filter.groupId !== undefined && !isGuid(filter.groupId)) throw malformed('group ID', filter.groupId);
	const sent: string[] = [];
	const needed = new Set<string>();
	const tests: Array<(raw: RawUser) => boolean> = [];
	const here = (properties: string[], test: (raw: RawUser) => boolean) => {
		for (const property of properties) needed.add(property);
		tests.push(test);
	};

	if (filter.account === 'enabled' || filter.account === 'disabled') {
		const enabled = filter.account === 'enabled';
		if (local) here(['accountEnabled'], (raw) => raw.accountEnabled === enabled);
		else sent.push(`accountEnabled eq ${enabled}`);
	}
	if (filter.userType === 'members' || filter.userType === 'guests') {
		// Old objects have no user type, so `userType eq 'Guest'` would silently leave old guests out.
		const type = filter.userType === 'members' ? 'Member' : 'Guest';
		here(['userType', 'userPrincipalName'], (raw) => userTypeOf(raw) === type);
	}
	const department = filter.department?.trim();
	if (department) {
		const folded = department.toLowerCase();
		if (local) here(['department'], (raw) => typeof raw.department === 'string' && raw.department.toLowerCase() === folded);
		else sent.push(`department eq ${literal(department)}`);
	}
	const skus = [...new Set((filter.anyOfSkuIds ?? []).map((id) => id.trim().toLowerCase()))];
	const malformedSku = skus.find((id) => !isGuid(id));
	if (malformedSku !== undefined) throw malformed('subscription (SKU) ID', malformedSku);
	if (skus.length > 0 && skus.length <= MOST_SKUS_IN_EXPRESSION && !local) {
		const any = skus.map((id) => `assignedLicenses/any(l:l/skuId eq ${id})`).join(' or ');
		sent.push(skus.length > 1 ? `(${any})` : any);
	} else if (skus.length > 0) {
		const set = new Set(skus);
		here(['assignedLicenses'], (raw) => skuIds(raw).some((id) => set.has(id)));
	} else if (filter.licensedOnly) {
		here(['assignedLicenses'], (raw) => Array.isArray(raw.assignedLicenses) && raw.assignedLicenses.length > 0);
	}
	const domains = (filter.domains ?? []).map((domain) => domain.trim().replace(/^@/, '').toLowerCase()).filter(Boolean);
	if (domains.length > 0) {
		const malformedDomain = domains.find((domain) => !/^[^\s@/]+\.[^\s@/.]+$/.test(domain));
		if (malformedDomain !== undefined) throw malformed('domain', malformedDomain);
		const set = new Set(domains);
		here(['mail', 'userPrincipalName'], (raw) => set.has(domainOf(raw)));
	}
	const own = filter.expression?.trim();
	if (own) sent.push(sent.length > 0 ? `(${own})` : own);

	return {
		expression: sent.length > 0 ? sent.join(' and ') : undefined,
		advanced: Boolean(own),
		wanted: tests.length === 0 ? undefined : tests.length === 1 ? tests[0] : (raw) => tests.every((test) => test(raw)),
		needed: [...needed],
	};
}

function domainOf(raw: RawUser): string {
	const address = typeof raw.mail === 'string' && raw.mail.trim() !== '' ? raw.mail : raw.userPrincipalName;
	return typeof address === 'string' ? address.slice(address.lastIndexOf('@') + 1).trim().toLowerCase() : '';
}

function malformed(what: string, value: string): SyncError {
	return new SyncError(`"${value}" is not a ${what}.`, {
		class: 'input',
		code: 'graph.filter',
		remedy: what === 'domain' ? 'Write it without anything before it, for example contoso.com.' : 'Choose it from the list, or give its GUID.',
	});
}
