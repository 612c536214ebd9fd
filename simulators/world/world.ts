import type { SimulatorClock } from '../entra/clock';
import { TenantDirectory } from './tenantDirectory';
import type { AppSecret, AppSeed, TenantSeed } from './types';

export interface App {
	appId: string;
	displayName: string;
	secrets: AppSecret[];
	/** PEM. */
	certificates: string[];
	redirectUris: string[];
}

/** Everything that Microsoft's side of the simulation knows. Change it while the simulators run. */
export class World {
	readonly tenants: TenantDirectory[];
	readonly apps: App[];

	constructor(seed: { tenants: readonly TenantSeed[]; apps: readonly AppSeed[] }) {
		this.tenants = seed.tenants.map((tenant) => new TenantDirectory(tenant));
		this.apps = seed.apps.map((app) => ({ ...app, secrets: [...app.secrets], certificates: [...app.certificates], redirectUris: [...(app.redirectUris ?? [])] }));
	}

	/** The tenant with this id or verified domain, whatever its case. */
	findTenant(idOrDomain: string): TenantDirectory | undefined {
		const key = idOrDomain.toLowerCase();
		return this.tenants.find((tenant) => tenant.tenantId === key || tenant.domains.some((domain) => domain.id.toLowerCase() === key));
	}

	/** As `findTenant`, for tests: an unknown tenant throws. */
	tenant(idOrDomain: string): TenantDirectory {
		const tenant = this.findTenant(idOrDomain);
		if (!tenant) throw new Error(`No tenant ${idOrDomain} in this world`);
		return tenant;
	}

	/** Changes are dated by this clock from now on. */
	useClock(clock: SimulatorClock): void {
		for (const tenant of this.tenants) tenant.clock = clock;
	}

	/** The app with this client id; an unknown one throws. */
	app(appId: string): App {
		const app = this.apps.find((each) => each.appId === appId.toLowerCase());
		if (!app) throw new Error(`No app ${appId} in this world`);
		return app;
	}
}
