import type { TenantDirectory } from '../../world/tenantDirectory';
import type { SecureScoreControlSeed } from '../../world/tenantServices';
import type { EntityType, FilterSupport } from './entityType';

const EQUAL: FilterSupport = { eq: 'default' };
const VENDOR = { vendor: 'text', provider: 'text', subProvider: 'text', providerVersion: 'text' } as const;
const VENDOR_INFORMATION = { provider: 'SecureScore', providerVersion: null, subProvider: null, vendor: 'Microsoft' };

/** A tenant's score of one day (CSDL in the contract's OpenAPI). */
export const SECURE_SCORE: EntityType = {
	name: 'microsoft.graph.secureScore',
	outsideDirectory: true,
	properties: {
		id: 'text',
		azureTenantId: 'text',
		activeUserCount: 'number',
		createdDateTime: 'date',
		currentScore: 'number',
		enabledServices: 'texts',
		licensedUserCount: 'number',
		maxScore: 'number',
		vendorInformation: 'object',
		averageComparativeScores: 'objects',
		controlScores: 'objects',
	},
	members: { vendorInformation: VENDOR },
	filter: { id: EQUAL, azureTenantId: EQUAL, createdDateTime: { eq: 'default', range: 'default' }, vendorInformation: EQUAL },
	orderBy: {},
};

/** A recommendation, the same for all tenants but for its state. */
export const CONTROL_PROFILE: EntityType = {
	name: 'microsoft.graph.secureScoreControlProfile',
	outsideDirectory: true,
	properties: {
		id: 'text',
		azureTenantId: 'text',
		actionType: 'text',
		actionUrl: 'text',
		controlCategory: 'text',
		title: 'text',
		deprecated: 'boolean',
		implementationCost: 'text',
		lastModifiedDateTime: 'date',
		maxScore: 'number',
		rank: 'number',
		remediation: 'text',
		remediationImpact: 'text',
		service: 'text',
		threats: 'texts',
		tier: 'text',
		userImpact: 'text',
		complianceInformation: 'objects',
		controlStateUpdates: 'objects',
		vendorInformation: 'object',
	},
	members: { vendorInformation: VENDOR },
	filter: { id: EQUAL, controlCategory: EQUAL, title: EQUAL, service: EQUAL, tier: EQUAL, vendorInformation: EQUAL },
	orderBy: {},
};

interface Seats {
	licensed: number;
	active: number;
}

export function seatsOf(tenant: TenantDirectory): Seats {
	const licensed = tenant.users.filter((user) => (user.assignedLicenses ?? []).length > 0);
	return { licensed: licensed.length, active: licensed.filter((user) => user.accountEnabled !== false).length };
}

/** @param day `yyyy-mm-dd` */
export function secureScoreOf(tenant: TenantDirectory, day: string, seats: Seats): Readonly<Record<string, unknown>> {
	const controls = tenant.services.secureScoreControls;
	const scores = controls.map((control) => ((control.since ?? '') <= day ? control.score : 0));
	const maxScore = sum(controls.map((control) => control.maxScore));
	return {
		id: `${tenant.tenantId}_${day}`,
		azureTenantId: tenant.tenantId,
		activeUserCount: seats.active,
		createdDateTime: `${day}T00:00:00Z`,
		currentScore: sum(scores),
		enabledServices: [
			...(tenant.features.hasExchange ? ['HasExchange', 'HasSharePoint'] : []),
			...(tenant.features.hasP1 ? ['HasAADP1'] : []),
			...(tenant.features.hasIntune ? ['HasInTune'] : []),
		],
		licensedUserCount: seats.licensed,
		maxScore,
		vendorInformation: VENDOR_INFORMATION,
		averageComparativeScores: [
			{ basis: 'AllTenants', averageScore: rounded(maxScore * 0.42) },
			{ basis: 'TotalSeats', averageScore: rounded(maxScore * 0.47) },
		],
		controlScores: controls.map((control, index) => ({
			controlCategory: control.category,
			controlName: control.id,
			description: `<p>${control.title}</p>`,
			score: scores[index],
		})),
	};
}

export function controlProfileOf(tenant: TenantDirectory, control: SecureScoreControlSeed): Readonly<Record<string, unknown>> {
	return {
		id: control.id,
		azureTenantId: tenant.tenantId,
		actionType: 'Config',
		actionUrl: 'https://entra.microsoft.com/',
		controlCategory: control.category,
		title: control.title,
		deprecated: control.deprecated ?? false,
		implementationCost: control.implementationCost ?? 'Low',
		lastModifiedDateTime: null,
		maxScore: control.maxScore,
		rank: control.rank,
		remediation: control.remediation ?? '',
		remediationImpact: '',
		service: control.service,
		threats: control.threats ?? [],
		tier: control.tier ?? 'Core',
		userImpact: control.userImpact ?? 'Low',
		complianceInformation: [],
		controlStateUpdates: [{ assignedTo: null, comment: null, state: 'Default', updatedBy: null, updatedDateTime: null }],
		vendorInformation: VENDOR_INFORMATION,
	};
}

function sum(numbers: readonly number[]): number {
	return rounded(numbers.reduce((total, number) => total + number, 0));
}

function rounded(number: number): number {
	return Math.round(number * 100) / 100;
}
