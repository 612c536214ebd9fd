import { createServerCertificate, type KeyAndCertificate } from '../base/certificates';
import { FaultBook } from '../base/faults';
import { startServer, type SimulatorServer } from '../base/server';
import { AccessTokens } from '../entra/accessTokens';
import { wallClock, type SimulatorClock } from '../entra/clock';
import { createLogin } from '../entra/login';
import { UserSessions } from '../entra/userSessions';
import { createPartnerCenter } from '../partnerCenter/partnerCenter';
import { RESOURCE_APPS } from '../world/delegatedConsent';
import { PARTNER_SERVICE_USER, PARTNER_TENANT_ID } from '../world/partnerIds';
import type { World } from '../world/world';
import { DeltaTokens } from './delta/deltaTokens';
import { defaultDeltaSettings } from './delta/settings';
import type { GraphSettings } from './graphCall';
import { createGraph } from './graphServer';
import { Notifications } from './notifications/notifications';
import { PageTokens } from './odata/pageTokens';
import { ReportDownloads } from './reports/reportDownloads';
import { Throttle } from './throttle';

export { manualClock, type SimulatorClock } from '../entra/clock';
export type { GraphSettings } from './graphCall';

/** The audience of Graph's public cloud; tokens for it are good here, whatever this server's own address. */
const PUBLIC_GRAPH = 'https://graph.microsoft.com';
const PUBLIC_PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
/** Entra knows it, Graph refuses its tokens: for tests of the wrong audience. */
const OTHER_RESOURCE = { address: 'https://management.azure.com', appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013' };

export interface MicrosoftOptions {
	/** CA that signs the servers' certificate; clients must trust it. */
	authority: KeyAndCertificate;
	world: World;
	/** Waits this long before every answer, of every server. Default 0. */
	latencyMilliseconds?: number | (() => number);
	/** Expiry of tokens and page tokens, and throttling, go by it. Default: the real time. */
	clock?: SimulatorClock;
	/** Default: any free port. */
	loginPort?: number;
	graphPort?: number;
}

export interface MicrosoftSimulator {
	/** Entra sign-in: `<origin>/<tenant>` is the authority. */
	login: SimulatorServer;
	/** Microsoft Graph: `<origin>/v1.0`. */
	graph: SimulatorServer;
	/** Partner Center: `<origin>/v1/customers`. */
	partnerCenter: SimulatorServer;
	/** The host that usage reports are downloaded from. */
	reports: SimulatorServer;
	loginFaults: FaultBook;
	graphFaults: FaultBook;
	partnerCenterFaults: FaultBook;
	reportFaults: FaultBook;
	/** Alive: rename, disable, delete, restore, consent while the servers run. */
	world: World;
	settings: GraphSettings;
	/** Lifetime of tokens issued from now on; `revokeAll()` makes Graph answer 401 until the client signs in anew. */
	tokens: Pick<AccessTokens, 'lifetimeSeconds' | 'revokeAll'>;
	/** Who sits at the browser, how refresh tokens behave and when they end. The partner's service user, where the world has one. */
	sessions: UserSessions;
	/** Lifetime of page tokens; `expireAll()` makes every next link handed out so far stale. */
	pageTokens: Pick<PageTokens, 'lifetimeMilliseconds' | 'expireAll'>;
	/** Lifetime of links to reports; `expireAll()`; `tokensReceived`: what came there and should not have. */
	downloads: Pick<ReportDownloads, 'lifetimeMilliseconds' | 'expireAll' | 'tokensReceived'>;
	/** Lifetime of delta tokens; `expireAll()` kills every delta link handed out so far. */
	deltaTokens: Pick<DeltaTokens, 'lifetimeMilliseconds' | 'expireAll'>;
	/** Change notifications: how they travel, what was sent, lifecycle events, forged ones; `flush()` and `idle()` wait for them. */
	notifications: Notifications;
	/** Forgets what was used of every quota so far. */
	resetThrottle(): void;
	stop(): Promise<void>;
}

/**
 * Starts Entra sign-in, Microsoft Graph, the host of its reports and Partner Center on origins of their own on this machine, over one world.
 *
 * @example
 * const authority = createAuthority();
 * const microsoft = await startMicrosoft({ authority, world: smallWorld() });
 * // sign in at microsoft.login.origin with SAMPLE_APPS.consented and VALID_SECRET, read from microsoft.graph.origin
 * microsoft.world.tenant('harbordental.example').disableUser('ada.brandt@harbordental.example');
 * microsoft.graphFaults.add({ fault: { kind: 'answer', status: 503 }, path: '/v1.0/users' });
 * await microsoft.stop();
 */
export async function startMicrosoft(options: MicrosoftOptions): Promise<MicrosoftSimulator> {
	const clock = options.clock ?? wallClock;
	const { world } = options;
	world.useClock(clock);
	const tls = createServerCertificate(options.authority);
	const tokens = new AccessTokens(clock);
	const sessions = new UserSessions(clock);
	if (world.findTenant(PARTNER_TENANT_ID)) sessions.user = { tenantId: PARTNER_TENANT_ID, userPrincipalName: PARTNER_SERVICE_USER };
	const pageTokens = new PageTokens(clock);
	const deltaTokens = new DeltaTokens(clock, pageTokens);
	const settings: GraphSettings = {
		emptyPages: false,
		retryAfter: 'whole',
		throttling: 'gradual',
		reportColumns: 'new',
		reportSettingsShape: 'flat',
		authenticationMethodsWithoutP1: true,
		withoutIntune: 'notApplicable',
		delta: defaultDeltaSettings(),
		writes: { people: 'allowed', administrators: 'refused' },
	};
	const notifications = new Notifications(world, clock, options.authority.cert);
	const throttle = new Throttle(clock, settings);
	const loginFaults = new FaultBook();
	const graphFaults = new FaultBook();
	const partnerCenterFaults = new FaultBook();
	const reportFaults = new FaultBook();
	const latency = options.latencyMilliseconds ?? 0;
	const latencyMilliseconds = typeof latency === 'function' ? latency : () => latency;
	const started: { login?: SimulatorServer; graph?: SimulatorServer; partnerCenter?: SimulatorServer; reports?: SimulatorServer } = {};
	const loginOrigin = () => started.login?.origin ?? '';
	const graphOrigin = () => started.graph?.origin ?? '';
	const audiences = () => [graphOrigin(), PUBLIC_GRAPH];
	const partnerCenterAudiences = () => [started.partnerCenter?.origin ?? '', PUBLIC_PARTNER_CENTER];
	const downloads = new ReportDownloads(clock, () => started.reports?.origin ?? '');
	const resources = () =>
		new Map([
			...audiences().map((address) => [address, RESOURCE_APPS.graph] as const),
			...partnerCenterAudiences().map((address) => [address, RESOURCE_APPS.partnerCenter] as const),
			[OTHER_RESOURCE.address, OTHER_RESOURCE.appId] as const,
		]);
	const graphLatency = async () => {
		const milliseconds = latencyMilliseconds();
		if (milliseconds > 0) await new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
	};
	const closeAll = async () => {
		await Promise.all(Object.values(started).map((server) => server.close()));
	};

	try {
		started.login = await startServer({
			tls,
			faults: loginFaults,
			port: options.loginPort,
			latencyMilliseconds,
			handle: createLogin({ world, tokens, sessions, clock, origin: loginOrigin, resources }),
		});
		started.graph = await startServer({
			tls,
			faults: graphFaults,
			port: options.graphPort,
			handle: createGraph({
				world,
				tokens,
				pageTokens,
				deltas: deltaTokens,
				downloads,
				notifications,
				throttle,
				settings,
				clock,
				latency: graphLatency,
				origin: graphOrigin,
				loginOrigin,
				audiences,
			}),
		});
		started.partnerCenter = await startServer({
			tls,
			faults: partnerCenterFaults,
			latencyMilliseconds,
			handle: createPartnerCenter({ world, tokens, clock, audiences: partnerCenterAudiences }),
		});
		started.reports = await startServer({ tls, faults: reportFaults, latencyMilliseconds, handle: (request) => downloads.answer(request) });
	} catch (error) {
		await closeAll();
		throw error;
	}
	const { login, graph, partnerCenter, reports } = started;
	return {
		login,
		graph,
		partnerCenter,
		reports,
		loginFaults,
		graphFaults,
		partnerCenterFaults,
		reportFaults,
		world,
		settings,
		tokens,
		sessions,
		pageTokens,
		downloads,
		deltaTokens,
		notifications,
		resetThrottle: () => throttle.reset(),
		stop: async () => {
			await Promise.all([notifications.stop(), closeAll()]);
		},
	};
}
