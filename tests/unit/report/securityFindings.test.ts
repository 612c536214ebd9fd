import type { Finding, SecurityAuditSummary } from '../../../sync/model/finding';
import { securityFindingsReport } from '../../../sync/report/securityFindings';

const finding = (tenantId: string, personId: string, more: Partial<Finding> = {}): Finding => ({
	kind: 'finding', tenantId, tenantName: `Tenant ${tenantId}`, id: `noMfa:${personId}`, code: 'noMfa', change: 'present', mode: 'incremental', severity: 'medium', title: '', text: `${personId} has none.`, whatToDo: 'Register.', personId, displayName: personId, userPrincipalName: null, administrator: false, ...more,
});
const score = (tenantId: string, more: Partial<Finding> = {}): Finding => ({ kind: 'finding', tenantId, id: 'lowSecureScore', code: 'lowSecureScore', change: 'present', mode: 'incremental', severity: 'medium', title: '', text: 'Low.', whatToDo: 'More.', ...more });
const summary = (tenantId: string, leftOut: SecurityAuditSummary['leftOut'] = []): SecurityAuditSummary => ({ kind: 'securityAuditSummary', tenantId, leftOut });

describe('the report of security findings', () => {
	it('lists administrators of all tenants first, then tenant by tenant, without what is all right', () => {
		const made = securityFindingsReport([finding('a', 'zoe'), score('b'), finding('b', 'ada', { severity: 'high', administrator: true }), finding('a', 'paul', { change: 'gone' })], 50);
		expect(made).toMatchObject({ tenants: 2, findings: 3, administratorsWithoutMfa: 1, peopleWithoutMfa: 2, lowSecureScores: 1, headline: '3 findings in 2 tenants: 1 administrator without MFA, 1 other person without MFA, 1 low Secure Score.' });
		expect(made.markdown.split('\n').filter((line) => line.startsWith('| ')).slice(2)).toEqual(['| Tenant b | ada | yes | ada has none. | Register. |', '| b | The tenant |  | Low. | More. |', '| Tenant a | zoe | no | zoe has none. | Register. |']);
		expect(made.html).toContain('<td>ada has none.</td>');
	});

	it('says that nothing was found, and where nothing could be', () => {
		expect(securityFindingsReport([{ kind: 'emptyList', list: 'findings', tenantId: 'a', note: '' }, finding('b', 'paul', { change: 'gone' })], 50)).toMatchObject({ findings: 0, tenants: 2, headline: 'Nothing was found in 2 tenants.' });
		const made = securityFindingsReport([summary('a', [{ message: 'No P1.', remedy: 'Buy it.' }]), { error: 'Tenant b is gone.' }], 50);
		expect(made.headline).toBe('Nothing was found in 1 tenant. 2 things could not be looked at.');
		expect(made.markdown).toContain('| No P1. | Buy it. |');
	});

	it('refuses what it cannot tell of', () => {
		expect(() => securityFindingsReport([{ kind: 'secureScore' }], 50)).toThrow('Item 1 is a "secureScore"');
	});
});
