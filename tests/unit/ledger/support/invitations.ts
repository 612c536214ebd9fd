import { openLedger } from '../../../../sync/ledger';
import { begin, CONTOSO, FABRIKAM, HandClock, NOON, refusalOf, type Opened, type Stores } from './samples';

export function describeInvitations(stores: Stores): void {
	describe(`invitations in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: Opened;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		const anna = { pairing: CONTOSO, address: 'anna@contoso.example', sourceId: 'anna' };

		it('are announced once, and stay announced until somebody knows what became of them', async () => {
			const run = await begin(ledger, CONTOSO);
			expect(await ledger.announceInvitation(run.runId, anna)).toBeUndefined();
			clock.pass(60);
			expect(await ledger.announceInvitation(run.runId, anna)).toEqual({ ...anna, state: 'announced', changedAt: NOON });
			await ledger.settleInvitation(anna, 'sent');
			await ledger.settleInvitation(anna, 'refused');
			const sent = { ...anna, state: 'sent', changedAt: NOON + 60_000 };
			expect(await ledger.announceInvitation(run.runId, anna)).toEqual(sent);
			expect(await ledger.invitations(CONTOSO)).toEqual([sent]);
		});

		it('that were refused may be sent again, also to somebody else with the address', async () => {
			const run = await begin(ledger, CONTOSO);
			await ledger.announceInvitation(run.runId, anna);
			await ledger.settleInvitation(anna, 'refused');
			expect(await ledger.announceInvitation(run.runId, { ...anna, sourceId: 'anna, hired again' })).toBeUndefined();
			expect(await ledger.invitations(CONTOSO)).toMatchObject([{ sourceId: 'anna, hired again', state: 'announced' }]);
			expect(await ledger.announceInvitation(run.runId, anna)).toMatchObject({ state: 'announced' });
		});

		it('are known by the address in the whole account, and by the person in its tenant and customer', async () => {
			const run = await begin(ledger, CONTOSO);
			const other = await begin(ledger, FABRIKAM);
			await ledger.announceInvitation(run.runId, anna);
			expect(await ledger.announceInvitation(other.runId, { ...anna, pairing: FABRIKAM, address: 'Anna@Contoso.example' })).toMatchObject({ pairing: CONTOSO });
			expect(await ledger.announceInvitation(run.runId, { ...anna, address: 'anna.married@contoso.example' })).toMatchObject({ address: anna.address });
			expect(await ledger.announceInvitation(other.runId, { ...anna, pairing: FABRIKAM, address: 'anna@fabrikam.example' })).toBeUndefined();
			const elsewhere = { ...CONTOSO, account: 'm%p' };
			expect(await ledger.announceInvitation((await begin(ledger, elsewhere)).runId, { ...anna, pairing: elsewhere })).toBeUndefined();
			expect((await ledger.invitations(CONTOSO)).map(({ address }) => address).sort()).toEqual(['anna@contoso.example', 'anna@fabrikam.example']);
			expect(await ledger.invitations(elsewhere)).toHaveLength(1);
		});

		it('are announced only by the holder of the lock', async () => {
			const dead = await begin(ledger, CONTOSO, '1', 60);
			clock.pass(60);
			await begin(ledger, CONTOSO, '2');
			expect((await refusalOf(ledger.announceInvitation(dead.runId, anna))).code).toBe('ledger.leaseLost');
			expect(await ledger.invitations(CONTOSO)).toEqual([]);
		});

		it('outlive links, runs and the connection of the tenant, and go with the person who is erased', async () => {
			const run = await begin(ledger, CONTOSO);
			await ledger.announceInvitation(run.runId, anna);
			await ledger.announceInvitation(run.runId, { ...anna, address: 'ben@contoso.example', sourceId: 'ben' });
			await ledger.finishRun(run.runId, { status: 'succeeded' });
			clock.pass(86_400);
			await ledger.prune(clock.now());
			await ledger.disconnectTenant(CONTOSO.tenantId, { preview: false });
			expect(await ledger.invitations(CONTOSO)).toHaveLength(2);
			await ledger.erasePerson('anna');
			expect(await ledger.invitations(CONTOSO)).toMatchObject([{ sourceId: 'ben' }]);
		});
	});
}
