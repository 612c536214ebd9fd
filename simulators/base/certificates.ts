import { constants, createHash, generateKeyPairSync, privateEncrypt, X509Certificate } from 'node:crypto';
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

/** By authority: making a key takes longer than many a test. */
const serverCertificates = new WeakMap<KeyAndCertificate, KeyAndCertificate>();

/** The authority's server certificate for localhost and 127.0.0.1; every server under it has the same. */
export function createServerCertificate(authority: KeyAndCertificate): KeyAndCertificate {
	let certificate = serverCertificates.get(authority);
	if (!certificate) serverCertificates.set(authority, (certificate = issue({ subject: 'localhost', issuer: authority })));
	return certificate;
}

/** A self-signed certificate such as an administrator registers for an app in Entra. */
export function createAppCertificate(commonName = 'entra-sync-app'): KeyAndCertificate & { thumbprintSha256: string } {
	const pair = issue({ subject: commonName });
	const der = new X509Certificate(pair.cert).raw;
	return { ...pair, thumbprintSha256: createHash('sha256').update(der).digest('hex').toUpperCase() };
}

function issue(request: { subject: string; issuer?: KeyAndCertificate; authority?: boolean }): KeyAndCertificate {
	// Node makes the key and the signature (fast, also inside jest); forge only builds the certificate.
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
	const certificate = forge.pki.createCertificate();
	certificate.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }) as string);
	// Begins with 01: a number that is positive and in its shortest form, whatever the hash begins with.
	certificate.serialNumber = `01${createHash('sha1').update(key).digest('hex')}`;
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
	certificate.sign(signer(request.issuer?.key ?? key), forge.md.sha256.create());
	return { key, cert: forge.pki.certificateToPem(certificate) };
}

/** ASN.1 of "SHA-256, no parameters, a digest of 32 bytes follows" (RFC 8017, 9.2). */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Signs what forge has hashed. forge asks of a private key nothing but this. */
function signer(pem: string): forge.pki.rsa.PrivateKey {
	return {
		sign: (hash: forge.md.MessageDigest) => {
			const digest = Buffer.concat([SHA256_DIGEST_INFO, Buffer.from(hash.digest().getBytes(), 'binary')]);
			return privateEncrypt({ key: pem, padding: constants.RSA_PKCS1_PADDING }, digest).toString('binary');
		},
	} as unknown as forge.pki.rsa.PrivateKey;
}
