import { openSqliteLedger } from '../../sync/ledger';
import { APPLICATIONS, HARBOR_TENANT_ID, LABS_TENANT_ID, PIERVIEW_TENANT_ID, SYNCRO_SUBDOMAIN } from '../../simulators/world';
import { errorOf, outputOf, passesOf } from '../../scripts/n8n/client';
import { prepareTemplate, runTemplate } from '../../scripts/workshop/runTemplate';
import { runsIn } from './support/ledgerFile';
import { useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('reportTemplates');
beforeEach(async () => await workshop().beginAfresh());

/** Remembers which customer a tenant belongs to, in the ledger of this test. */
async function connect(tenantId: string, customerId: string, tentative = false): Promise<void> {
	const ledger = await openSqliteLedger(workshop().ledgerFile);
	try {
		await ledger.setPairing({ tenantId, customerId, target: 'syncro', account: SYNCRO_SUBDOMAIN, tenantDomains: [], ...(tentative ? { tentative } : {}) }, { replace: false });
	} finally {
		await ledger.close();
	}
}

describe.each(['unused-licences-report', 'app-secret-expiry-alert'])('The tenants of %s', (template) => {
	const tenants = async (settings: Record<string, unknown> = {}) => {
		const execution = await runTemplate(workshop(), template, { tenants: '', ...settings });
		return { execution, read: outputOf(execution, 'Each Tenant').map(({ tenant }) => tenant) };
	};

	it('are asked for where none is connected, so that nobody takes an empty report for good news', async () => {
		const { execution } = await tenants();
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toContain('There is no tenant to look at');
	});

	it('are those that are connected, without the ones that were only tried', async () => {
		await connect(HARBOR_TENANT_ID, '101');
		await connect(LABS_TENANT_ID, '102', true);
		const { execution, read } = await tenants();
		expect(errorOf(execution)).toBe('');
		expect(read).toEqual([HARBOR_TENANT_ID]);
	});

	it('are those that are named, each once, without a look into the ledger', async () => {
		await connect(HARBOR_TENANT_ID, '101');
		const { execution, read } = await tenants({ tenants: `${LABS_TENANT_ID}, harbordental.example;\n${LABS_TENANT_ID}` });
		expect(errorOf(execution)).toBe('');
		expect(read).toEqual([LABS_TENANT_ID, 'harbordental.example']);
		expect(passesOf(execution, 'Get Connected Tenants')).toBe(0);
	});
});

describe('The template app-secret-expiry-alert', () => {
	const due = async (settings: Record<string, unknown>) => {
		const execution = await runTemplate(workshop(), 'app-secret-expiry-alert', { tenants: HARBOR_TENANT_ID, ...settings });
		expect(errorOf(execution)).toBe('');
		return outputOf(execution, 'Message for All').map(({ due: count }) => count);
	};

	it('remembers nothing of a preview, and tells what it showed when it is meant', async () => {
		const app = workshop().simulators.microsoft.world.tenant(HARBOR_TENANT_ID).applications.find(({ id }) => id === APPLICATIONS.kioskApp)!;
		const { passwordCredentials } = app;
		const endDateTime = new Date(Date.now() + 5 * 86_400_000).toISOString();
		app.passwordCredentials = [{ keyId: '7e1f0000-3333-4aaa-8bbb-000000000001', startDateTime: '2025-01-01T00:00:00Z', endDateTime }];
		try {
			const [shown] = await due({ preview: true });
			expect(shown).toBeGreaterThan(0);
			expect(await due({ preview: true })).toEqual([shown]);
			expect(await due({ preview: false })).toEqual([shown]);
			// Nothing new, and every tenant was read: nobody gets a message.
			expect(await due({ preview: false })).toEqual([]);
			expect(await due({ preview: false, tellAgain: true })).toEqual([shown]);
		} finally {
			app.passwordCredentials = passwordCredentials;
		}
	});
});

describe('The template syncro-security-audit', () => {
	const TEMPLATE = 'syncro-security-audit';
	const AS_SHIPPED = { tenantId: HARBOR_TENANT_ID, account: SYNCRO_SUBDOMAIN, customerId: '101', preview: true, raise: 'nothing' };

	it('refuses a choice that there is not, before anything is read', async () => {
		const asked = workshop().simulators.microsoft.graph.seen.length;
		const execution = await runTemplate(workshop(), TEMPLATE, { ...AS_SHIPPED, raise: 'ticket' });
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toContain('raise in Settings is "ticket"');
		expect(workshop().simulators.microsoft.graph.seen.length).toBe(asked);
	});

	it('fails with the reason where the tenant cannot be read and no run is open', async () => {
		const execution = await runTemplate(workshop(), TEMPLATE, { ...AS_SHIPPED, tenantId: PIERVIEW_TENANT_ID });
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toContain(PIERVIEW_TENANT_ID);
		expect(passesOf(execution, 'Log the Failure')).toBe(0);
	});

	it.each(['alerts', 'tickets'])('closes the run as failed where Syncro does not answer, when it raises %s', async (raise) => {
		const { syncro } = workshop().simulators;
		const writes = syncro.writes();
		syncro.faults.add({ fault: { kind: 'answer', status: 401, body: { error: 'Not authorized' } }, path: raise === 'alerts' ? '/rmm_alerts' : '/tickets', times: Infinity });
		const execution = await runTemplate(workshop(), TEMPLATE, { ...AS_SHIPPED, raise, preview: false });
		syncro.faults.clear();
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toMatch(/token/i);
		expect(runsIn(workshop().ledgerFile)).toEqual([expect.objectContaining({ status: 'failed', message: expect.stringMatching(/token/i) as unknown })]);
		expect(syncro.writes()).toBe(writes);
		// The lock is free again.
		const next = await runTemplate(workshop(), TEMPLATE, { ...AS_SHIPPED, raise });
		expect(errorOf(next)).toBe('');
	});

	it('does nothing by schedule while its settings are empty, as when it only serves syncro-run-jobs', async () => {
		const id = await prepareTemplate(workshop(), TEMPLATE, { ...AS_SHIPPED, tenantId: '', account: '', customerId: '' });
		const execution = await workshop().n8n.client.runManually(id, { trigger: 'Every Day at 1:00 AM Pacific' });
		expect(errorOf(execution)).toBe('');
		expect(passesOf(execution, 'Begin')).toBe(0);
	});
});
