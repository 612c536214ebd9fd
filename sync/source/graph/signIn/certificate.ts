import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { SyncError } from '../../../model/syncError';
import type { CertificateProof } from './entraApp';

/** What msal needs to prove an app by certificate. */
export interface PreparedCertificate {
	/** SHA-256 of the certificate in DER, hexadecimal, upper case: what Entra shows as its thumbprint is the SHA-1. */
	thumbprintSha256: string;
	/** As the Entra admin center lists it. */
	thumbprintSha1: string;
	/** PKCS#8 PEM, decrypted. */
	privateKey: string;
}

/**
 * Reads certificate and key, and finds out here what Entra would only call an invalid client.
 *
 * @throws SyncError (configuration): unreadable, expired, wrong passphrase, not RSA, key of another certificate
 */
export function prepareCertificate(proof: CertificateProof, nowMilliseconds: number): PreparedCertificate {
	const certificates = readCertificates(proof.certificate);
	const key = readKey(proof);
	if (key.asymmetricKeyType !== 'rsa') {
		throw fault('keyNotRsa', 'The private key is not an RSA key.', 'Entra accepts RSA certificates only. Create one with at least 2048 bits and upload it to the app registration.');
	}
	const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
	if (!own) {
		throw fault('keyOfAnotherCertificate', 'The private key does not belong to the certificate.', 'Paste certificate and private key of the same pair into the credential.');
	}
	if (own.validToDate.getTime() <= nowMilliseconds) {
		throw fault(
			'certificateExpired',
			`The certificate ${thumbprint(own, 'sha1')} expired on ${own.validToDate.toISOString().slice(0, 10)}.`,
			'Create a new certificate, upload it to the app registration (Certificates & secrets), and paste it and its private key into the credential.',
		);
	}
	return {
		thumbprintSha256: thumbprint(own, 'sha256'),
		thumbprintSha1: thumbprint(own, 'sha1'),
		privateKey: key.export({ type: 'pkcs8', format: 'pem' }) as string,
	};
}

function readCertificates(text: string): X509Certificate[] {
	try {
		const blocks = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE');
		if (blocks.length > 0) return blocks.map(({ pem }) => new X509Certificate(pem));
	} catch {
		// Told below: what the parser says of ASN.1 helps nobody.
	}
	throw fault('certificateUnreadable', 'The certificate cannot be read.', 'Paste the certificate as PEM text, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----. A .cer or .pfx file has to be converted to PEM first.');
}

function readKey(proof: CertificateProof): KeyObject {
	const block = pemBlocks(proof.privateKey).find(({ label }) => label.endsWith('PRIVATE KEY'));
	const encrypted = block !== undefined && (block.label === 'ENCRYPTED PRIVATE KEY' || block.pem.includes('Proc-Type: 4,ENCRYPTED'));
	if (encrypted && !proof.passphrase) {
		throw fault('passphraseMissing', 'The private key is encrypted and no passphrase is given.', 'Enter its passphrase in the credential.');
	}
	if (block) {
		try {
			return createPrivateKey({ key: block.pem, format: 'pem', passphrase: proof.passphrase || undefined });
		} catch {
			if (encrypted) {
				throw fault('passphraseWrong', 'The private key cannot be decrypted with this passphrase.', 'Correct the passphrase in the credential.');
			}
		}
	}
	throw fault('keyUnreadable', 'The private key cannot be read.', 'Paste the private key as PEM text, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.');
}

/**
 * The blocks of a PEM text. Text fields of a web page and environment variables turn the line breaks into
 * blanks or into the two characters \n; both are undone.
 */
function pemBlocks(text: string): Array<{ label: string; pem: string }> {
	const blocks: Array<{ label: string; pem: string }> = [];
	const unescaped = text.replaceAll('\\r', '').replaceAll('\\n', '\n');
	for (const match of unescaped.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]+?)-----END \1-----/g)) {
		const [whole, label, body] = match;
		// A key encrypted the old way has header lines, which only keep their meaning with their line breaks.
		if (body.includes('Proc-Type:')) {
			blocks.push({ label, pem: whole });
			continue;
		}
		const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
		blocks.push({ label, pem: `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n` });
	}
	return blocks;
}

function thumbprint(certificate: X509Certificate, algorithm: 'sha1' | 'sha256'): string {
	return createHash(algorithm).update(certificate.raw).digest('hex').toUpperCase();
}

function fault(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'configuration', code: `entra.${code}`, remedy });
}
