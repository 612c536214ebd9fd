import { ManagedDevices, type ManagedDeviceSeed } from './managedDevices';

/** A recommendation of Secure Score, and how far the tenant follows it. */
export interface SecureScoreControlSeed {
	/** `MFARegistrationV2`. */
	id: string;
	title: string;
	category: 'Identity' | 'Data' | 'Device' | 'Apps' | 'Infrastructure';
	service: string;
	maxScore: number;
	/** Points that the tenant has. */
	score: number;
	/** Day from which on it has them, `yyyy-mm-dd`; default: always. Before it had none. */
	since?: string;
	rank: number;
	tier?: 'Core' | 'Defense in Depth' | 'Advanced';
	implementationCost?: 'Low' | 'Moderate' | 'High';
	userImpact?: 'Low' | 'Moderate' | 'High';
	threats?: readonly string[];
	remediation?: string;
	deprecated?: boolean;
}

/** What the services beside the directory keep about a tenant. */
export interface ServicesSeed {
	/** Default true, as in every new tenant (contract B7). */
	displayConcealedNames?: boolean;
	managedDevices?: readonly ManagedDeviceSeed[];
	/** Missing: Secure Score has nothing on the tenant. */
	secureScoreControls?: readonly SecureScoreControlSeed[];
}

/** The services beside the directory, alive. What they know about a user is with the user. */
export class TenantServices {
	/** Usage reports show pseudonyms instead of names. May be changed at any time. */
	displayConcealedNames: boolean;
	/** May be changed at any time. */
	secureScoreControls: readonly SecureScoreControlSeed[];
	readonly managedDevices: ManagedDevices;

	constructor(seed: ServicesSeed = {}) {
		this.displayConcealedNames = seed.displayConcealedNames ?? true;
		this.secureScoreControls = seed.secureScoreControls ?? [];
		this.managedDevices = new ManagedDevices(seed.managedDevices ?? []);
	}
}
