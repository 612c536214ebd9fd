import type { Customer, Relationship } from '../../../sync/model/customer';
import type { Checked } from '../../../sync/model/customerCheck';
import { relationshipPart, type PartnerSide } from '../../../sync/source/graph/partner/relationshipFindings';
import { GLOBAL_ADMINISTRATOR, NEEDED_ROLES } from '../../../sync/source/graph/partner/roles';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const OWN = 'group-of-the-account';
const ALL = NEEDED_ROLES.map(({ id }) => id);
const NAMES = NEEDED_ROLES.map(({ name }) => name);

const relationship = (change: Partial<Relationship> = {}): Relationship => ({
	id: 'r1',
	displayName: 'MSP_Contoso',
	status: 'active',
	customerTenantId: 't',
	customerName: 'Contoso',
	roleIds: ALL,
	createdDateTime: '2026-01-01T00:00:00Z',
	activatedDateTime: '2026-01-02T00:00:00Z',
	endDateTime: '2027-11-22T12:00:00Z',
	autoExtend: false,
	...change,
});
const holds = (roleIds: readonly string[], status = 'active', groupId = OWN): PartnerSide => ({ assignments: new Map([['r1', [{ groupId, status, roleIds: [...roleIds] }]]]), ownGroups: new Set([OWN]) });
const part = (relationships: Relationship[] | undefined, side: PartnerSide = holds(ALL)) => {
	const customer: Customer = { kind: 'customer', tenantId: 't', partnerTenantId: 'p', displayName: 'Contoso', ...(relationships ? { relationships } : {}) };
	const { findings, ...rest } = relationshipPart(customer, side, NOW);
	return { ...rest, of: (checked: Checked) => findings.find((finding) => finding.checked === checked) };
};

describe('a relationship with a customer', () => {
	it('is fine with every role, in the hands of a group of the account', () => {
		const { rolesHeld, rolesMissing, daysLeft, of } = part([relationship()]);
		expect([rolesHeld, rolesMissing, daysLeft]).toEqual([NAMES, [], 365]);
		for (const checked of ['relationship', 'relationshipEnd', 'securityGroup', 'roles'] as const) expect(of(checked)).toMatchObject({ state: 'ok', whatToDo: '' });
	});

	it('gives no roles while the group’s assignment is pending, nor roles that it lacks itself', () => {
		expect(part([relationship()], holds(ALL, 'pending'))).toMatchObject({ rolesHeld: [], rolesMissing: NAMES });
		expect(part([relationship({ roleIds: [ALL[0]] })])).toMatchObject({ rolesHeld: [NAMES[0]], rolesMissing: NAMES.slice(1) });
	});

	it('adds up over all that are active, and over none that are not', () => {
		const second = relationship({ id: 'r2', roleIds: [ALL[1]], endDateTime: '2027-01-01T00:00:00Z' });
		const side: PartnerSide = { ownGroups: new Set([OWN]), assignments: new Map([['r1', [{ groupId: OWN, status: 'active', roleIds: [ALL[0]] }]], ['r2', [{ groupId: OWN, status: 'active', roleIds: [ALL[1]] }]]]) };
		expect(part([relationship(), second], side).rolesHeld).toEqual([NAMES[0], NAMES[1]]);
		expect(part([relationship(), { ...second, status: 'terminated' }], side).rolesHeld).toEqual([NAMES[0]]);
		expect(part([relationship(), { ...second, endDateTime: '2026-11-22T11:59:59Z' }], side).rolesHeld).toEqual([NAMES[0]]);
	});

	it('with Global Administrator has every role, and cannot extend itself', () => {
		const { rolesMissing, of } = part([relationship({ roleIds: [GLOBAL_ADMINISTRATOR], endDateTime: '2026-12-01T12:00:00Z' })], holds([GLOBAL_ADMINISTRATOR]));
		expect(rolesMissing).toEqual([]);
		expect(of('relationshipEnd')).toMatchObject({ state: 'warning', message: 'The relationship ends on 2026-12-01, in 9 days.', whatToDo: expect.stringContaining('without Global Administrator') as unknown });
	});

	it.each([
		['approvalPending', 'is not active yet (approvalPending)', 'approves it'],
		['terminated', 'The last one, "MSP_Contoso", is terminated.', 'Offer one in Partner Center'],
		['expired', 'The last one, "MSP_Contoso", is expired.', 'Offer one in Partner Center'],
	])('that is %s lets nobody in', (status, message, whatToDo) => {
		const { relationship: found, of } = part([relationship({ status })]);
		expect(found).toBeNull();
		expect(of('relationship')).toMatchObject({ state: 'gap', message: expect.stringContaining(message) as unknown, whatToDo: expect.stringContaining(whatToDo) as unknown });
	});

	it('is unknown, not missing, where it could not be read', () => {
		expect(part(undefined).of('relationship')).toMatchObject({ state: 'unknown' });
		expect(part(undefined)).not.toHaveProperty('rolesMissing');
		for (const side of [{ ...holds(ALL), ownGroups: undefined }, { ...holds(ALL), assignments: undefined }]) {
			expect(part([relationship()], side).of('securityGroup')).toMatchObject({ state: 'unknown' });
			expect(part([relationship()], side)).not.toHaveProperty('rolesHeld');
		}
	});
});
