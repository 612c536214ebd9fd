import { createHash } from 'node:crypto';
import { SyncError } from '../../../model/syncError';
import type { CloudName } from './clouds';

/** An app registration in Entra and how it proves itself; what the credential of n8n holds. */
export interface EntraApp {
	/** The tenant that is read when none is named: a GUID or a verified domain. */
	tenantId: string;
	clientId: string;
	cloud: CloudName;
	proof: SecretProof | CertificateProof;
	/** `https://host[:port]` instead of the cloud's own. */
	loginAddress?: string;
	graphAddress?: string;
	/** PEM, trusted besides the public certificate authorities. */
	caCertificate?: string;
}

export interface SecretProof {
	kind: 'secret';
	secret: string;
}

export interface CertificateProof {
	kind: 'certificate';
	/** PEM; of a chain, the certificate that the private key belongs to. */
	certificate: string;
	/** PEM (PKCS#8 or PKCS#1), possibly encrypted. */
	privateKey: string;
	passphrase?: string;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/i;
/** Sign-in addresses that stand for many tenants; an app without a user cannot use them. */
const NO_TENANT = new Set(['common', 'organizations', 'consumers']);

export function isGuid(text: string): boolean {
	return GUID.test(text);
}

/**
 * The tenant as it may stand in an address: trimmed, lower case.
 *
 * @throws SyncError (configuration) when it is neither a GUID nor a domain
 */
export function tenantInAddress(tenant: string): string {
	const text = tenant.trim().toLowerCase();
	if (GUID.test(text) || DOMAIN.test(text)) return text;
	const what = text === '' ? 'No tenant is given.' : `"${tenant.trim()}" is not a tenant.`;
	throw new SyncError(NO_TENANT.has(text) ? `"${text}" stands for many tenants, and an app signs in to exactly one.` : what, {
		class: 'configuration',
		code: 'entra.tenantMalformed',
		remedy:
			'Give the tenant ID (a GUID; Entra admin center → Overview → Tenant ID) or one of the tenant’s verified domains, for example contoso.com.',
	});
}

/** @throws SyncError (configuration) when the client id is not one */
export function checkClientId(clientId: string): string {
	const text = clientId.trim().toLowerCase();
	if (GUID.test(text)) return text;
	throw new SyncError(text === '' ? 'No client ID is given.' : `"${clientId.trim()}" is not a client ID.`, {
		class: 'configuration',
		code: 'entra.clientIdMalformed',
		remedy: 'Copy the Application (client) ID, a GUID, from Entra admin center → App registrations → your app → Overview.',
	});
}

/** Tells proofs apart without keeping them: for the keys of caches. */
export function fingerprint(app: EntraApp): string {
	const proof = app.proof;
	const parts = proof.kind === 'secret' ? [proof.secret] : [proof.certificate, proof.privateKey, proof.passphrase ?? ''];
	return createHash('sha256').update(JSON.stringify([proof.kind, ...parts, app.caCertificate ?? ''])).digest('base64url');
}

/** Where an administrator of that tenant lets the app in, with the permissions that the app registration lists. */
export function consentLink(loginOrigin: string, tenant: string, clientId: string): string {
	return `${loginOrigin}/${encodeURIComponent(tenant)}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
}
