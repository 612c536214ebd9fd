import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import type { AccessTokens, UserTokenClaims } from '../entra/accessTokens';
import type { SimulatorClock } from '../entra/clock';
import { groupsOf } from '../world/memberships';
import type { PartnerDirectory } from '../world/partnerDirectory';
import { guidOf } from '../world/random';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { World } from '../world/world';
import { createConsent, deleteConsent, listConsents } from './applicationConsents';
import { PartnerCenterFailure } from './partnerCenterFailure';

export interface PartnerCenterOptions {
	world: World;
	tokens: AccessTokens;
	clock: SimulatorClock;
	/** Values of `aud` that mean this server. */
	audiences: () => readonly string[];
}

/** A request whose caller is an Admin agent of a partner. */
export interface PartnerCall {
	world: World;
	partner: PartnerDirectory;
	/** Client id of the app that the user signed in to. */
	callerAppId: string;
	body: string;
}

/**
 * Partner Center's REST API, as far as the check of its permission goes: the customers, and consent given in their
 * tenants on their behalf. Source: Microsoft's "Acquire consent as a Control Panel Vendor" and "Partner Center REST error
 * codes"; which number the code of an error has is not documented there.
 */
export function createPartnerCenter(options: PartnerCenterOptions): (request: SimulatedRequest) => SimulatedResponse {
	let serial = 0;
	return (request) => {
		serial++;
		const headers = {
			'ms-requestid': request.headers['ms-requestid'] ?? guidOf(`partner request ${serial}`),
			'ms-correlationid': request.headers['ms-correlationid'] ?? guidOf(`partner correlation ${serial}`),
		};
		try {
			return { ...route(request, options), headers };
		} catch (error) {
			if (!(error instanceof PartnerCenterFailure)) throw error;
			return { status: error.status, headers, body: { code: error.code, description: error.message, data: [], source: 'PartnerCenter' } };
		}
	};
}

function route(request: SimulatedRequest, options: PartnerCenterOptions): SimulatedResponse {
	const call = authenticate(request, options);
	const [version, collection, customerId, detail, appId, ...rest] = request.url.pathname.slice(1).split('/');
	if (version !== 'v1' || collection !== 'customers' || rest.length > 0) throw new PartnerCenterFailure(404, 'NotFound', 'Resource not found.');
	const { method } = request;
	if (customerId === undefined) {
		if (method === 'GET') return { status: 200, body: collectionOf(customers(call.partner)) };
	} else if (detail === 'applicationconsents') {
		const tenant = customerTenant(call, customerId);
		if (method === 'GET' && appId === undefined) return { status: 200, body: collectionOf(listConsents(call, tenant)) };
		if (method === 'POST' && appId === undefined) return { status: 201, body: createConsent(call, tenant) };
		if (method === 'DELETE' && appId !== undefined) {
			deleteConsent(tenant, appId);
			return { status: 204 };
		}
	}
	throw new PartnerCenterFailure(405, 'MethodNotAllowed', 'The HTTP method is not allowed for this resource.');
}

/** App and user: the delegated permission `user_impersonation`, and a user with the Admin agent role. An app alone is refused. */
function authenticate(request: SimulatedRequest, options: PartnerCenterOptions): PartnerCall {
	const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	const claims = token === undefined ? 'malformed' : options.tokens.check(token, options.audiences());
	if (typeof claims === 'string') throw new PartnerCenterFailure(401, 'Unauthorized', 'The access token is missing, expired or not for this audience.');
	const tenant = options.world.findTenant(claims.tid);
	if (claims.idtyp !== 'user' || !claims.scp.split(' ').includes('user_impersonation') || !tenant?.partner || !isAdminAgent(tenant, tenant.partner, claims)) {
		throw new PartnerCenterFailure(403, 'Forbidden', 'The caller does not have permission to call this API.');
	}
	return { world: options.world, partner: tenant.partner, callerAppId: claims.appid, body: request.body };
}

function isAdminAgent(tenant: TenantDirectory, partner: PartnerDirectory, user: UserTokenClaims): boolean {
	return groupsOf(tenant, user.oid).transitive.some((group) => group.id === partner.adminAgentsGroupId);
}

/** Customers of the Cloud Solution Provider programme; GDAP alone makes none. */
function customers(partner: PartnerDirectory): unknown[] {
	return partner.contracts.map(({ customerTenantId, displayName, defaultDomainName }) => ({
		id: customerTenantId,
		companyProfile: {
			tenantId: customerTenantId,
			domain: defaultDomainName,
			companyName: displayName,
			attributes: { objectType: 'CustomerCompanyProfile' },
		},
		relationshipToPartner: 'reseller',
		attributes: { objectType: 'Customer' },
	}));
}

function customerTenant({ world, partner }: PartnerCall, customerId: string): TenantDirectory {
	const contract = partner.contracts.find((each) => each.customerTenantId === customerId.toLowerCase());
	const tenant = contract && world.findTenant(contract.customerTenantId);
	if (!tenant) throw new PartnerCenterFailure(404, 'NotFound', `Customer ${customerId} was not found.`);
	return tenant;
}

function collectionOf(items: readonly unknown[]): Record<string, unknown> {
	return { totalCount: items.length, items, attributes: { objectType: 'Collection' } };
}
