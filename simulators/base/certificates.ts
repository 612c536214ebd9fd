import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** PEM texts. */
export interface KeyAndCertificate {
	key: string;
	cert: string;
}

const DAY = 86_400_000;

/** A certificate authority of our own, valid for a year, for one set of simulators. */
export function createAuthority(): KeyAndCertificate {
	return issue({ subject: 'Entra Sync Simulators CA', authority: true });
}

/** A server certificate for localhost and 127.0.0.1. */
export function createServerCertificate(authority: KeyAndCertificate): KeyAndCertificate {
	return issue({ subject: 'localhost', issuer: authority });
}

/** A self-signed certificate such as an administrator registers for an app in Entra. */
export function createAppCertificate(commonName = 'entra-sync-app'): KeyAndCertificate & { thumbprintSha256: string } {
	const pair = issue({ subject: commonName });
	const der = new X509Certificate(pair.cert).raw;
	return { ...pair, thumbprintSha256: createHash('sha256').update(der).digest('hex').toUpperCase() };
}

function issue(request: { subject: string; issuer?: KeyAndCertificate; authority?: boolean }): KeyAndCertificate {
	// Node makes the key (fast); forge only builds and signs the certificate.
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
	const forgeKey = forge.pki.privateKeyFromPem(privateKey.export({ type: 'pkcs1', format: 'pem' }) as string);
	const certificate = forge.pki.createCertificate();
	certificate.publicKey = forge.pki.setRsaPublicKey(forgeKey.n, forgeKey.e);
	certificate.serialNumber = `00${createHash('sha1').update(key).digest('hex')}`;
	certificate.validity.notBefore = new Date(Date.now() - DAY);
	certificate.validity.notAfter = new Date(Date.now() + 365 * DAY);
	const subject = [{ name: 'commonName', value: request.subject }];
	certificate.setSubject(subject);
	const issuer = request.issuer ? forge.pki.certificateFromPem(request.issuer.cert) : undefined;
	certificate.setIssuer(issuer ? issuer.subject.attributes : subject);
	certificate.setExtensions([
		{ name: 'basicConstraints', cA: request.authority === true, critical: true },
		request.authority
			? { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
			: { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
		...(request.authority
			? []
			: [
					{ name: 'extKeyUsage', serverAuth: true, clientAuth: true },
					{
						name: 'subjectAltName',
						altNames: [
							{ type: 2, value: 'localhost' },
							{ type: 7, ip: '127.0.0.1' },
						],
					},
				]),
	]);
	const signer = request.issuer ? forge.pki.privateKeyFromPem(pkcs1(request.issuer.key)) : forgeKey;
	certificate.sign(signer, forge.md.sha256.create());
	return { key, cert: forge.pki.certificateToPem(certificate) };
}

function pkcs1(pem: string): string {
	return forge.pki.privateKeyToPem(forge.pki.privateKeyFromPem(pem));
}
