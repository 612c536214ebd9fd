import type { TenantDirectory } from '../world/tenantDirectory';
import type { World } from '../world/world';
import { tenantMalformed, tenantUnknown } from './tokenError';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{3,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** The tenant that an address names by id or domain. Throws Entra's refusal. */
export function findTenant(name: string, world: World, error: 'invalid_request' | 'invalid_tenant'): TenantDirectory {
	if (!GUID.test(name) && !DOMAIN.test(name)) throw tenantMalformed(name);
	const tenant = world.findTenant(name);
	if (!tenant) throw tenantUnknown(name, error);
	return tenant;
}

/** Addresses at which a user of any tenant signs in to their own. */
export function isAnyTenant(name: string): boolean {
	return /^(common|organizations)$/i.test(name);
}
