import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import {
	assertionAudienceWrong,
	assertionMalformed,
	assertionOutsideValidity,
	assertionSubjectWrong,
	certificateExpired,
	certificateUnknown,
	signatureWrong,
	thumbprintMissing,
} from './tokenError';

/** Entra forgives clocks that run ahead by this much. */
const CLOCK_SKEW_MILLISECONDS = 5 * 60_000;

export interface AssertionCheck {
	assertion: string;
	appId: string;
	/** PEM certificates registered for the app. */
	certificates: readonly string[];
	/** Token endpoint and issuer of the tenant; either is a right audience. */
	audiences: readonly string[];
	now: number;
}

/**
 * Verifies a certificate assertion as Entra does (contract A2): algorithm, registered thumbprint, signature, audience,
 * validity, and that it speaks for this app. Throws the TokenError that Entra answers.
 */
export function checkClientAssertion(check: AssertionCheck): void {
	const parts = check.assertion.split('.');
	if (parts.length !== 3) throw assertionMalformed();
	const header = decode(parts[0]);
	const claims = decode(parts[1]);
	const algorithm = header.alg;
	if (algorithm !== 'PS256' && algorithm !== 'RS256') throw assertionMalformed();
	const certificate = registeredCertificate(header, check);
	const thumbprint = createHash('sha1').update(certificate.raw).digest('hex').toUpperCase();
	if (Date.parse(certificate.validTo) <= check.now) throw certificateExpired(thumbprint);
	const signed = Buffer.from(`${parts[0]}.${parts[1]}`);
	const key =
		algorithm === 'PS256'
			? { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
			: { key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING };
	if (!verify('sha256', signed, key, Buffer.from(parts[2], 'base64url'))) throw signatureWrong(thumbprint);
	if (claims.iss !== claims.sub || String(claims.sub).toLowerCase() !== check.appId) throw assertionSubjectWrong(check.appId);
	if (typeof claims.exp !== 'number' || typeof claims.jti !== 'string') throw assertionMalformed();
	const from = typeof claims.nbf === 'number' ? claims.nbf * 1000 : undefined;
	if (claims.exp * 1000 <= check.now || (from !== undefined && from > check.now + CLOCK_SKEW_MILLISECONDS)) {
		throw assertionOutsideValidity(check.now, from, claims.exp * 1000);
	}
	const audience = String(claims.aud);
	if (!check.audiences.some((right) => right.toLowerCase() === audience.toLowerCase())) throw assertionAudienceWrong(audience);
}

function registeredCertificate(header: Record<string, unknown>, check: AssertionCheck): X509Certificate {
	const sha256 = header['x5t#S256'];
	const sha1 = header.x5t;
	if (typeof sha256 !== 'string' && typeof sha1 !== 'string') throw thumbprintMissing();
	for (const pem of check.certificates) {
		const certificate = new X509Certificate(pem);
		const digest = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
		if (typeof sha256 === 'string' ? digest('sha256') === sha256 : digest('sha1') === sha1) return certificate;
	}
	const used = Buffer.from(String(sha256 ?? sha1), 'base64url').toString('hex').toUpperCase();
	throw certificateUnknown(used, check.appId);
}

function decode(part: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
		if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
	} catch {
		// Neither base64url nor JSON: malformed, as below.
	}
	throw assertionMalformed();
}
