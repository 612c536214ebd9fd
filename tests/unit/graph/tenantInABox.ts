import { createAppCertificate, createAuthority, type KeyAndCertificate } from '../../../simulators/base/certificates';
import { startMicrosoft, type MicrosoftOptions, type MicrosoftSimulator } from '../../../simulators/graph';
import { HARBOR_TENANT_ID, SAMPLE_APPS, smallWorld, VALID_SECRET } from '../../../simulators/world';
import { graphClient, type GraphClient, type GraphClientOptions } from '../../../sync/source/graph/transport/client';
import type { EntraApp } from '../../../sync/source/graph/signIn/entraApp';

/** The simulated Microsoft, and how our client is pointed at it. */
export interface TenantInABox {
	microsoft: MicrosoftSimulator;
	authority: KeyAndCertificate;
	/** Registered for the consented app. */
	certificate: ReturnType<typeof createAppCertificate>;
	app(change?: Partial<EntraApp>): EntraApp;
	/** Impatient, so that a fault that stays ends the test soon. */
	client(change?: Partial<EntraApp>, options?: Partial<GraphClientOptions>): GraphClient;
	/** Forgets faults, requests and throttling. */
	reset(): void;
}

export async function startTenantInABox(options: Partial<MicrosoftOptions> = {}): Promise<TenantInABox> {
	const authority = createAuthority();
	const certificate = createAppCertificate();
	const microsoft = await startMicrosoft({ authority, world: smallWorld({ certificates: [certificate.cert] }), ...options });
	// Sessions are remembered by address and secret; the next server may get the same port.
	const app = (change: Partial<EntraApp> = {}): EntraApp => ({
		tenantId: HARBOR_TENANT_ID,
		clientId: SAMPLE_APPS.consented,
		cloud: 'global',
		proof: { kind: 'secret', secret: VALID_SECRET },
		loginAddress: microsoft.login.origin,
		graphAddress: microsoft.graph.origin,
		caCertificate: authority.cert,
		...change,
	});
	return {
		microsoft,
		authority,
		certificate,
		app,
		client: (change, more) =>
			graphClient({ app: app(change), retries: { attempts: 3, firstSeconds: 0.02, longestSeconds: 0.05 }, budgetSeconds: 20, requestSeconds: 0.5, random: () => 0, ...more }),
		reset() {
			microsoft.loginFaults.clear();
			microsoft.graphFaults.clear();
			microsoft.login.seen.length = 0;
			microsoft.graph.seen.length = 0;
			microsoft.resetThrottle();
		},
	};
}
