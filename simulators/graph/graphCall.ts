import type { AccessTokenClaims } from '../entra/accessTokens';
import type { SimulatorClock } from '../entra/clock';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { World } from '../world/world';
import type { DeltaTokens } from './delta/deltaTokens';
import type { DeltaSettings } from './delta/settings';
import type { GraphFailure } from './graphFailure';
import type { Notifications } from './notifications/notifications';
import type { PageTokens } from './odata/pageTokens';
import type { QueryOptions } from './odata/queryOptions';
import type { QuotaName } from './quotas';
import type { ReportDownloads } from './reports/reportDownloads';
import type { WriteSettings } from './resources/userWrites';

/** What the simulator does on demand. Change it while it runs. */
export interface GraphSettings {
	/** Puts an empty page with a next link between any two pages, and one without a link behind the last. */
	emptyPages: boolean;
	/** How a 429 tells when to come back: `2`, `2.128`, or not at all. */
	retryAfter: 'whole' | 'fractional' | 'missing';
	/** Resource units that app and tenant have per 10 seconds, instead of the tenant size's own (3,500, 5,000 or 8,000). */
	resourceUnitsPer10Seconds?: number;
	/**
	 * Above the limit Graph refuses a growing share of requests: 20 % at 1.2 times the limit, 80 % at 1.8. `hard`
	 * refuses every request above it, which is easier to test against.
	 */
	throttling: 'gradual' | 'hard';
	/** Columns of the usage reports: those of 2021, those of today, or one more that nobody has heard of. */
	reportColumns: 'old' | 'new' | 'future';
	/** `/admin/reportSettings` answers as the service does, or wrapped in `value` as Microsoft's page shows it. */
	reportSettingsShape: 'flat' | 'wrapped';
	/** One user's authentication methods may be read in a tenant without P1. */
	authenticationMethodsWithoutP1: boolean;
	/** How a tenant without Intune is told from one with it: both were seen (contract B5). */
	withoutIntune: 'notApplicable' | 'forbidden';
	/** Delta queries. */
	delta: DeltaSettings;
	/** Writes to users. */
	writes: WriteSettings;
}

/** A request to Graph whose caller is known and whose path was found. */
export interface GraphCall {
	/** Values of the `{…}` segments, decoded. */
	parameters: Readonly<Record<string, string>>;
	query: QueryOptions;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: string;
	/** Origin and path, without a query. */
	address: string;
	/** Origin of this server. */
	origin: string;
	world: World;
	tenant: TenantDirectory;
	caller: AccessTokenClaims;
	/** What the caller may use here, see `effectivePermissions`. */
	permissions: ReadonlySet<string>;
	settings: Readonly<GraphSettings>;
	pageTokens: PageTokens;
	/** Where finished reports wait for their download. */
	downloads: ReportDownloads;
	deltas: DeltaTokens;
	notifications: Notifications;
	clock: SimulatorClock;
}

export interface GraphAnswer {
	status: number;
	/** An object goes out as OData JSON, a string as `text/plain`. */
	body?: unknown;
	headers?: Record<string, string>;
}

/** One path of Graph: what it costs, who may read it, and the answer. Each lives in a file of `resources/`. */
export interface GraphResource {
	/** Default GET. */
	method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Below `/v1.0/`, with `{name}` for what varies: a whole segment, or a part of it as in `getReport(period='{period}')`. */
	path: string;
	/** Any one of them is enough, as application permission or as delegated one. */
	permissions: readonly string[];
	/** Delegated permissions, where they are others. */
	delegatedPermissions?: readonly string[];
	/** How a caller without any of them is refused. Default: in the directory's words. */
	refusal?: (permissions: readonly string[]) => GraphFailure;
	/** Base cost in resource units (contract D2), before modifiers. Default 1; counts where the directory answers. */
	resourceUnits?: number;
	/** Limits that a request stands under. Default: the directory's. */
	quotas?: readonly QuotaName[] | ((call: GraphCall) => readonly QuotaName[]);
	/** Query options; any other is answered with 400. */
	options: readonly string[];
	/** Answers the request. Throws GraphFailure. */
	answer(call: GraphCall): GraphAnswer | Promise<GraphAnswer>;
}

/** The caller may use any of these here. */
export function hasAny(call: Pick<GraphCall, 'permissions'>, permissions: readonly string[]): boolean {
	return permissions.some((permission) => call.permissions.has(permission));
}

/** The header that opens the door to advanced queries. */
export function isEventual(headers: Readonly<Record<string, string>>): boolean {
	return (headers.consistencylevel ?? '').toLowerCase() === 'eventual';
}
