import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import { Answer, NOT_AUTHORIZED } from './answers';
import type { SyncroQuirks } from './quirks';
import { ALL_SYNCRO_PERMISSIONS, type SyncroPermission, type SyncroSeed, type SyncroToken } from './seed';

/** Finds the token of a request. Syncro takes it as Bearer, bare in the header, or as `?api_key=`. */
export function authenticate(request: SimulatedRequest, seed: SyncroSeed, quirks: SyncroQuirks): SyncroToken {
	const header = request.headers.authorization?.trim();
	const given = header ? header.replace(/^Bearer\s+/i, '') : request.url.searchParams.get('api_key');
	const token = seed.tokens.find((candidate) => candidate.token === given);
	if (token) return token;
	const body = quirks.badTokenBody === 'error' ? { error: 'Invalid API token.' } : undefined;
	throw new Answer({ status: 401, body });
}

/** Syncro answers a missing permission with 401, not 403. */
export function requirePermission(token: SyncroToken, permission: SyncroPermission, quirks: SyncroQuirks): void {
	if (!token.permissions.includes(permission)) {
		throw new Answer({ status: quirks.permissionStatus, body: { error: NOT_AUTHORIZED } });
	}
}

/** `GET /me`. */
export function me(token: SyncroToken, seed: SyncroSeed, quirks: SyncroQuirks): SimulatedResponse {
	const permissions = shownPermissions(token, quirks);
	return {
		status: 200,
		body: {
			user_id: 1 + seed.tokens.indexOf(token),
			user_name: 'API',
			user_email: token.email ?? `api@${seed.subdomain}.example`,
			admin: token.admin ?? false,
			subdomain: seed.subdomain,
			...(permissions === undefined ? {} : { permissions }),
		},
	};
}

/** The permissions by the groups in which `/me` has them. Global Admin is in none. */
const GROUPS: Record<string, string> = {
	asset: 'Assets',
	customer: 'Customers',
	ticket: 'Tickets',
	invoice: 'Invoices',
	recurring_invoice: 'Recurring Invoices',
	rmm_alert: 'RMM Alerts',
};

function shownPermissions(token: SyncroToken, quirks: SyncroQuirks): object | undefined {
	const inGroups = (entry: (actions: Array<{ permission: SyncroPermission; action: string }>) => object) =>
		Object.fromEntries(
			Object.entries(GROUPS).map(([name, group]) => [
				name,
				entry(
					ALL_SYNCRO_PERMISSIONS.filter((permission) => permission.startsWith(`${group} - `)).map((permission) => ({
						permission,
						action: permission.slice(group.length + 3),
					})),
				),
			]),
		);
	const has = ({ permission }: { permission: SyncroPermission }) => token.permissions.includes(permission);
	switch (quirks.permissionsShape) {
		case 'flags':
			return inGroups((actions) => Object.fromEntries(actions.map((each) => [each.action.toLowerCase().replace(/\W+/g, '_'), has(each)])));
		case 'actions':
			return inGroups((actions) => actions.filter(has).map(({ action }) => action));
		case 'names':
			return [...token.permissions];
		case 'absent':
			return undefined;
	}
}

/** The 180 requests that one address may make in any 60 seconds. */
export class RateLimit {
	private moments: number[] = [];

	constructor(
		private readonly now: () => number,
		private readonly quirks: SyncroQuirks,
	) {}

	count(): void {
		const now = this.now();
		this.moments = this.moments.filter((moment) => moment > now - 60_000);
		if (this.moments.length >= this.quirks.requestsPerMinute) {
			const seconds = Math.max(0, (this.moments[0] ?? now) + 60_000 - now) / 1000;
			throw new Answer({ status: 429, headers: this.headers(seconds, now), body: { error: 'Too many requests' } });
		}
		this.moments.push(now);
	}

	private headers(seconds: number, now: number): Record<string, string> {
		switch (this.quirks.retryAfter) {
			case 'none':
				return {};
			case 'whole':
				return { 'retry-after': String(Math.ceil(seconds)) };
			case 'fractional':
				return { 'retry-after': seconds.toFixed(3) };
			case 'date':
				return { 'retry-after': new Date(now + Math.ceil(seconds) * 1000).toUTCString() };
		}
	}
}
