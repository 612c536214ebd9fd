import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAppCertificate, createAuthority, type KeyAndCertificate } from './base/certificates';
import { startMicrosoft, type MicrosoftSimulator } from './graph';
import { startPortal, type PortalSeed, type PortalSimulator } from './portal';
import { startSyncro, type SyncroSimulator } from './syncro';
import type { SyncroSeed } from './syncro/seed';
import { smallPortal, smallSyncro, smallWorld, type World } from './world';

export interface StartAllOptions {
	/** The authority's certificate is written there as `simulators-ca.pem`. */
	folder: string;
	/** Default: the small world with its awkward people. */
	world?: World;
	/** Default: the small Syncro account that belongs to it. */
	syncro?: SyncroSeed;
	/** Default: the small client portal that belongs to it. */
	portal?: PortalSeed;
	latencyMilliseconds?: number;
}

export interface Simulators {
	/** PEM file of the authority that signed all their certificates, for `NODE_EXTRA_CA_CERTS`. */
	caFile: string;
	ca: string;
	/** Registered for the consented sample app. */
	appCertificate: KeyAndCertificate;
	microsoft: MicrosoftSimulator;
	syncro: SyncroSimulator;
	portal: PortalSimulator;
	stop(): Promise<void>;
}

/** Starts every simulator in this process, on free ports of loopback, under one certificate authority. */
export async function startAll(options: StartAllOptions): Promise<Simulators> {
	const authority = createAuthority();
	const appCertificate = createAppCertificate();
	mkdirSync(options.folder, { recursive: true });
	const caFile = join(options.folder, 'simulators-ca.pem');
	writeFileSync(caFile, authority.cert);
	const { latencyMilliseconds } = options;
	const world = options.world ?? smallWorld({ certificates: [appCertificate.cert] });
	const microsoft = await startMicrosoft({ authority, world, latencyMilliseconds });
	const latency = latencyMilliseconds === undefined ? undefined : () => latencyMilliseconds;
	const syncro = await startSyncro({ authority, seed: options.syncro ?? smallSyncro(), latencyMilliseconds: latency });
	const portal = await startPortal({ authority, seed: options.portal ?? smallPortal(), latencyMilliseconds: latency });
	return {
		caFile,
		ca: authority.cert,
		appCertificate,
		microsoft,
		syncro,
		portal,
		stop: async () => {
			await Promise.all([microsoft.stop(), syncro.stop(), portal.stop()]);
		},
	};
}
