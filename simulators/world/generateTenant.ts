import { DEPARTMENTS, FAMILY_NAMES, GIVEN_NAMES, STREETS, TITLES, TOWNS } from './names';
import { guidOf, randomGuid, seededRandom } from './random';
import { BUSINESS_PLANS, PREMIUM_PLANS } from './servicePlans';
import { FULL_CONSENT, sampleApps, SAMPLE_APPS } from './sampleApps';
import { FLOW_FREE, O365_BUSINESS_PREMIUM, SPB } from './smallTenantIds';
import type { GroupSeed, TenantSeed, UserSeed } from './types';
import type { ActivitySeed, AuthenticationMethodSeed } from './userServices';
import { World } from './world';

/** Active within days, within weeks, not for half a year, never. */
const ACTIVITIES: ReadonlyArray<ActivitySeed | undefined> = ['2026-11-20', '2026-11-19', '2026-11-02', '2026-05-11', undefined].map((day) =>
	day === undefined ? undefined : Object.freeze({ exchange: day, oneDrive: day, sharePoint: day, teams: day }),
);

/** A phone, an app, nothing. */
const AUTHENTICATION_METHODS: ReadonlyArray<readonly AuthenticationMethodSeed[] | undefined> = [
	[{ type: 'phone', id: guidOf('generated phone'), phoneType: 'mobile', phoneNumber: '+1 5035550100' }],
	[{ type: 'microsoftAuthenticator', id: guidOf('generated authenticator'), displayName: 'iPhone 16' }],
	undefined,
];

export interface GenerateOptions {
	/** The same seed and number give the same tenant, to the last character. */
	seed: number;
	/** How many accounts `/users` lists, guests and shared mailboxes included. */
	users: number;
	/** Without a TLD. Default `tenant<seed>`. */
	name?: string;
}

/**
 * A realistic tenant of any size. Of a hundred accounts about 4 are guests, 4 shared mailboxes, 5 disabled, 2 service
 * accounts without mail; the rest are people with an address, most of them licensed.
 */
export function generateTenant(options: GenerateOptions): TenantSeed {
	const random = seededRandom(options.seed);
	const name = options.name ?? `tenant${options.seed}`;
	const domain = `${name}.example`;
	const initial = `${name}.onmicrosoft.com`;
	const tenantId = randomGuid(random);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
	const taken = new Map<string, number>();
	const localParts = new Map<string, string>();
	const localPart = (name: string): string => {
		let part = localParts.get(name);
		if (part === undefined) localParts.set(name, (part = plain(name)));
		return part;
	};
	// One object per combination: a hundred thousand users share them.
	const licenceSets = [SPB, O365_BUSINESS_PREMIUM].map((skuId) => Object.freeze([{ skuId, disabledPlans: Object.freeze([]) }]));
	const byDepartment = new Map<string, string[]>(DEPARTMENTS.map((department) => [department, []]));
	const users: UserSeed[] = [];
	for (let index = 0; index < options.users; index++) {
		const id = randomGuid(random);
		const given = pick(GIVEN_NAMES);
		const family = pick(FAMILY_NAMES);
		const base = `${localPart(given)}.${localPart(family)}`;
		const number = (taken.get(base) ?? 0) + 1;
		taken.set(base, number);
		const local = number === 1 ? base : `${base}${number}`;
		const chance = random();
		const digits = String(Math.floor(random() * 10_000)).padStart(4, '0');
		if (chance < 0.04) {
			users.push(guest(id, given, family, local, initial));
		} else if (chance < 0.06) {
			users.push({ id, displayName: `Service ${local}`, userPrincipalName: `svc-${local}@${initial}`, accountEnabled: true, userType: 'Member' });
		} else if (chance < 0.1) {
			users.push({ ...addressed(`shared.${local}`, domain), id, displayName: `Shared ${given} ${family}`, accountEnabled: false, userType: 'Member', mailboxKind: 'shared' });
		} else {
			const department = pick(DEPARTMENTS);
			const town = pick(TOWNS);
			byDepartment.get(department)?.push(id);
			const address = `${local}@${domain}`;
			users.push({
				id,
				userPrincipalName: address,
				mail: address,
				mailNickname: local,
				proxyAddresses: [`SMTP:${address}`],
				displayName: `${given} ${family}`,
				givenName: given,
				surname: family,
				accountEnabled: chance > 0.15,
				userType: 'Member',
				jobTitle: random() < 0.9 ? pick(TITLES) : null,
				department,
				companyName: name,
				businessPhones: [`+1 (${town.area}) 555-${digits}`],
				mobilePhone: random() < 0.5 ? `+1 ${town.area} 556 ${digits}` : null,
				streetAddress: `${Math.floor(random() * 999) + 1} ${pick(STREETS)}`,
				city: town.city,
				state: town.state,
				postalCode: town.zip,
				country: 'United States',
				usageLocation: 'US',
				createdDateTime: '2022-01-10T09:00:00Z',
				assignedLicenses: random() < 0.9 ? pick(licenceSets) : [],
				activity: ACTIVITIES[index % ACTIVITIES.length],
				authenticationMethods: AUTHENTICATION_METHODS[index % AUTHENTICATION_METHODS.length],
				managerId: index > 0 && random() < 0.9 ? users[Math.floor(index / 10)].id : undefined,
			});
		}
	}
	return {
		tenantId,
		displayName: `Tenant ${options.seed}`,
		features: { hasP1: true, hasIntune: true, hasExchange: true },
		domains: [{ id: domain, isDefault: true }, { id: initial, isInitial: true }],
		users,
		groups: [
			group(randomGuid(random), 'All Staff', () => users.map((user) => user.id)),
			...DEPARTMENTS.map((department) => group(randomGuid(random), department, () => byDepartment.get(department) ?? [])),
		],
		skus: [
			{ skuId: SPB, skuPartNumber: 'SPB', enabled: options.users, servicePlans: [...BUSINESS_PLANS, ...PREMIUM_PLANS] },
			{ skuId: O365_BUSINESS_PREMIUM, skuPartNumber: 'O365_BUSINESS_PREMIUM', enabled: options.users, servicePlans: BUSINESS_PLANS },
			{ skuId: FLOW_FREE, skuPartNumber: 'FLOW_FREE', enabled: 10_000, servicePlans: [] },
		],
		servicePrincipals: [{ appId: SAMPLE_APPS.consented, objectId: randomGuid(random), roles: FULL_CONSENT }],
	};
}

/** A world of one generated tenant, in which the consented sample app has consent. */
export function generatedWorld(options: GenerateOptions & { certificates?: readonly string[] }): World {
	return new World({ tenants: [generateTenant(options)], apps: sampleApps(options.certificates) });
}

function addressed(local: string, domain: string) {
	const address = `${local}@${domain}`;
	return { userPrincipalName: address, mail: address, mailNickname: local, proxyAddresses: [`SMTP:${address}`] };
}

function guest(id: string, given: string, family: string, local: string, initial: string): UserSeed {
	const mail = `${local}@partner.example`;
	return {
		id,
		displayName: `${given} ${family} (guest)`,
		userPrincipalName: `${local}_partner.example#EXT#@${initial}`,
		mail,
		otherMails: [mail],
		proxyAddresses: [`SMTP:${mail}`],
		accountEnabled: true,
		userType: 'Guest',
		externalUserState: 'Accepted',
		createdDateTime: '2024-03-04T10:00:00Z',
	};
}

function group(id: string, displayName: string, ids: () => readonly string[]): GroupSeed {
	return {
		id,
		displayName,
		groupTypes: [],
		mailEnabled: false,
		mailNickname: displayName.toLowerCase().replaceAll(' ', '.'),
		securityEnabled: true,
		createdDateTime: '2022-01-10T09:00:00Z',
		members: () => ids().map((member) => ({ type: 'user', id: member })),
	};
}

/** For addresses: no diacritics, nothing but letters. */
function plain(name: string): string {
	return name.normalize('NFD').replace(/[^a-zA-Z]/g, '').toLowerCase();
}
