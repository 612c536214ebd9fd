import type { ExpiringAppCredential } from '../../../sync/model/appCredential';
import { expiringAppCredentialsReport } from '../../../sync/report/expiringAppCredentials';

const due = (tenantId: string, daysLeft: number, more: Partial<ExpiringAppCredential> = {}): ExpiringAppCredential => ({
	kind: 'expiringAppCredential', tenantId, tenantName: `Tenant ${tenantId}`, appId: 'app', appName: 'Payroll', applicationId: 'object', own: false, credentialType: 'secret', keyId: 'key', name: 'n8n', hint: null, thumbprint: null, startDateTime: null,
	endDateTime: '2026-12-05T00:00:00Z', daysLeft, expired: daysLeft < 0, lastsLongest: true, threshold: 30, alertKey: 'app:key:30', owners: [], whoMustRenew: 'Ada', ownerEmails: '', title: '', text: '', whatToDo: '', ...more,
});

describe('the report of expiring app credentials', () => {
	it('lists what is due in all tenants, the soonest end first', () => {
		const made = expiringAppCredentialsReport([due('a', 11), due('b', -3, { name: null }), { kind: 'emptyList', list: 'appCredentials', tenantId: 'c', note: '' }], 50);
		expect(made).toMatchObject({ kind: 'expiringAppCredentialsReport', tenants: 3, due: 2, ended: 1, headline: '2 secrets and certificates are due in 3 tenants, 1 of them ended.' });
		expect(made.markdown.split('\n').filter((line) => line.startsWith('| ')).slice(2)).toEqual(['| Tenant b | Payroll | secret key | 2026-12-05 | ended | Ada |', '| Tenant a | Payroll | secret n8n | 2026-12-05 | 11 | Ada |']);
		expect(made.html).toContain('<td>Payroll</td>');
	});

	it('says that nothing is due, and where nothing could be read', () => {
		expect(expiringAppCredentialsReport([{ kind: 'emptyList', list: 'appCredentials', tenantId: 'c', note: '' }], 50).headline).toBe('No secret or certificate is due in 1 tenant.');
		const made = expiringAppCredentialsReport([due('a', 1), { kind: 'skipped', reason: 'notPermitted', tenantId: 'b', message: 'Not allowed in b.', remedy: 'Allow it.' }], 50);
		expect(made.headline).toBe('1 secret or certificate is due in 1 tenant. 1 thing could not be looked at.');
		expect(made.markdown).toContain('| Not allowed in b. | Allow it. |');
	});

	it('refuses what Get Many gives: nobody has been found for it', () => {
		expect(() => expiringAppCredentialsReport([{ kind: 'appCredential' }], 50)).toThrow('Item 1 is a "appCredential"');
	});
});
