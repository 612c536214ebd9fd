import type { SkuSeed } from './types';

const plan = (servicePlanName: string, servicePlanId: string): SkuSeed['servicePlans'][number] => ({ servicePlanName, servicePlanId });

/** What Microsoft 365 Business licences bring (https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference). */
export const BUSINESS_PLANS: SkuSeed['servicePlans'] = [
	plan('EXCHANGE_S_STANDARD', '9aaf7827-d63c-4b61-89c3-182f06f82e5c'),
	plan('SHAREPOINTSTANDARD', 'c7699d2e-19aa-44de-8edf-1736da088ca1'),
	plan('MCOSTANDARD', '0feaeb32-d00e-4d66-bd5a-43b5b83db82c'),
	plan('YAMMER_ENTERPRISE', '7547a3fe-08ee-4ccb-b430-5077c5041653'),
	plan('TEAMS1', '57ff2da0-773e-42df-b2af-ffb7a2317929'),
	plan('OFFICE_BUSINESS', '094e7854-93fc-4d55-b2c0-3ab5369ebdc1'),
];

/** What Business Premium brings beyond them. */
export const PREMIUM_PLANS: SkuSeed['servicePlans'] = [
	plan('AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'),
	plan('INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'),
];
