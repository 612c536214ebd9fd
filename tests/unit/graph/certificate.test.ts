import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { createAppCertificate } from '../../../simulators/base/certificates';
import { prepareCertificate } from '../../../sync/source/graph/signIn/certificate';

const NOW = Date.now();
const pair = createAppCertificate();
const other = createAppCertificate();
const proof = (change: object = {}) => ({ kind: 'certificate' as const, certificate: pair.cert, privateKey: pair.key, ...change });
const encryptedKey = createPrivateKey(pair.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }) as string;
const oldEncryptedKey = createPrivateKey(pair.key).export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }) as string;
const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

describe('a certificate in the credential', () => {
	it.each([
		['as it is', {}],
		['with the line breaks lost in a text field', { certificate: pair.cert.replaceAll('\n', ' '), privateKey: pair.key.replaceAll('\n', ' ') }],
		['with line breaks as \\n, as environment variables have them', { certificate: pair.cert.replaceAll('\n', '\\n'), privateKey: pair.key.replaceAll('\n', '\\n') }],
		['as a chain with the right one second', { certificate: `${other.cert}\n${pair.cert}` }],
		['with an encrypted key', { privateKey: encryptedKey, passphrase: 'open sesame' }],
		['with a key encrypted the old way', { privateKey: oldEncryptedKey, passphrase: 'open sesame' }],
	])('is read %s', (_, change) => {
		expect(prepareCertificate(proof(change), NOW).thumbprintSha256).toBe(pair.thumbprintSha256);
	});

	it.each([
		['the key of another pair', { privateKey: other.key }, 'The private key does not belong to the certificate.'],
		['something else than a certificate', { certificate: 'MIIC' }, 'The certificate cannot be read.'],
		['a damaged certificate', { certificate: pair.cert.slice(0, 200) + pair.cert.slice(300) }, 'The certificate cannot be read.'],
		['something else than a key', { privateKey: 'secret' }, 'The private key cannot be read.'],
		['an encrypted key without passphrase', { privateKey: encryptedKey }, 'The private key is encrypted and no passphrase is given.'],
		['a wrong passphrase', { privateKey: encryptedKey, passphrase: 'sesame' }, 'The private key cannot be decrypted with this passphrase.'],
		['a key that is not RSA', { privateKey: ecKey }, 'The private key is not an RSA key.'],
	])('with %s is refused with that reason', (_, change, message) => {
		expect(() => prepareCertificate(proof(change), NOW)).toThrow(message);
	});

	it('is refused when it has expired, with its date', () => {
		expect(() => prepareCertificate(proof(), NOW + 400 * 86_400_000)).toThrow(/^The certificate [0-9A-F]{40} expired on \d{4}-\d\d-\d\d\.$/);
	});
});
