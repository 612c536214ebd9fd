import fc from 'fast-check';
import { openLedger, type StoredLedger } from '../../../../sync/ledger';
import { holdBackMilliseconds, isDue, reasonOf, type TenantMethods } from '../../../../sync/ledger/tenants';
import { ModelTenants } from './modelTenants';
import { apply, begin, changeOf, CONTOSO, FABRIKAM, HandClock, NOON, refusalOf, type Stores } from './samples';

const HOUR = 3_600_000;

type Step =
	| { do: 'pass'; hours: number }
	| { do: 'report'; tenantId: string; message?: string; name?: string }
	| { do: 'digest'; leastFailures: number; markTold: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 30 }) }),
	{
		weight: 5,
		arbitrary: fc.record(
			{ do: fc.constant('report' as const), tenantId: fc.constantFrom('t1', 't2', 't3'), message: fc.constantFrom('no consent', 'blocked (request 17)', 'blocked (request 4711)'), name: fc.constantFrom('Contoso', 'Fabrikam') },
			{ requiredKeys: ['do', 'tenantId'] },
		),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('digest' as const), leastFailures: fc.constantFrom(1, 2, 3), markTold: fc.boolean() }) },
);

async function perform(tenants: TenantMethods, each: Step): Promise<unknown> {
	switch (each.do) {
		case 'pass':
			return undefined;
		case 'report':
			return await tenants.reportTenant(each.tenantId, each.message === undefined ? { succeeded: true } : { succeeded: false, message: each.message }, each.name);
		case 'digest':
			return await tenants.tenantDigest(each);
	}
}

/** The life cycle of tenants, whatever database is behind the ledger. */
export function describeTenants(stores: Stores, numRuns: number): void {
	describe(`tenants in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		const fail = async (tenantId: string, message = 'no consent') => await ledger.reportTenant(tenantId, { succeeded: false, message });

		it('are held back ever longer while they keep failing, and released by the first success', async () => {
			const waits: Array<number | undefined> = [];
			for (let failures = 1; failures <= 8; failures++) {
				const { nextTryAt } = await fail(CONTOSO.tenantId);
				waits.push(nextTryAt === undefined ? undefined : (nextTryAt - clock.now()) / HOUR);
				clock.pass(25 * 3600);
			}
			expect(waits).toEqual([undefined, undefined, 1, 6, 12, 24, 24, 24]);
			const released = await ledger.reportTenant(CONTOSO.tenantId, { succeeded: true }, 'Contoso');
			expect(released).toEqual({ tenantId: CONTOSO.tenantId, name: 'Contoso', failures: 0, lastFailureAt: expect.any(Number), lastSuccessAt: clock.now() });
			expect(isDue(released, clock.now())).toBe(true);
		});

		it('are told once each, until the reason changes, and once more when they are released', async () => {
			await fail('t1', 'AADSTS65001: Trace ID: 1234');
			await fail('t2', 'blocked');
			const first = await ledger.tenantDigest({ leastFailures: 1, markTold: true });
			expect(first.newlyFailing.map(({ tenantId }) => tenantId)).toEqual(['t1', 't2']);
			clock.pass(3600);
			await fail('t1', 'AADSTS65001: Trace ID: 5678');
			await fail('t2', 'no consent');
			const second = await ledger.tenantDigest({ leastFailures: 1, markTold: true });
			expect(second).toMatchObject({ newlyFailing: [{ tenantId: 't2', message: 'no consent', failingSince: NOON }], stillFailing: [{ tenantId: 't1', failures: 2 }], released: [] });
			await ledger.reportTenant('t1', { succeeded: true });
			expect(await ledger.tenantDigest({ leastFailures: 1, markTold: true })).toMatchObject({ newlyFailing: [], stillFailing: [{ tenantId: 't2' }], released: [{ tenantId: 't1', failingSince: NOON, releasedAt: clock.now() }] });
			expect(await ledger.tenantDigest({ leastFailures: 1, markTold: true })).toMatchObject({ newlyFailing: [], released: [] });
		});

		it('behave as if worked out from everything that was ever reported', async () => {
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30, size: 'max' }), async (steps) => {
					const hand = new HandClock();
					const stored = await openLedger({ ...(await stores.create()), clock: hand });
					try {
						const model = new ModelTenants(hand);
						for (const [index, each] of steps.entries()) {
							if (each.do === 'pass') hand.pass(each.hours * 3600);
							expect([index, await perform(stored, each)]).toEqual([index, await perform(model, each)]);
						}
						expect(await stored.tenantStates()).toEqual(await model.tenantStates());
						expect(await stored.tenantStates({ failing: true })).toEqual(await model.tenantStates({ failing: true }));
					} finally {
						await stored.close();
					}
				}),
				{ numRuns },
			);
		}, 120_000);

		describe('that are disconnected', () => {
			const cursor = (tenantId: string) => ({ tenantId, resource: 'users', properties: 'mail', syncName: 'contacts' });
			beforeEach(async () => {
				for (const pairing of [CONTOSO, { ...CONTOSO, target: 'itglue', customerId: '70' }, FABRIKAM]) {
					await ledger.setPairing({ ...pairing, tenantName: pairing.tenantId === CONTOSO.tenantId ? 'Contoso' : 'Fabrikam', tenantDomains: [] }, { replace: false });
					const run = await begin(ledger, pairing, pairing.target);
					await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
					await ledger.intend(changeOf(run, 'ben'));
					await ledger.finishRun(run.runId, { status: 'partial' });
				}
				for (const { tenantId } of [CONTOSO, FABRIKAM]) {
					await ledger.proposeCursor({ ...cursor(tenantId), executionId: 'e', link: 'l', softDeleted: ['gone'], noLongerSoftDeleted: [] });
					await fail(tenantId);
				}
				await ledger.moveCursors('e');
			});

			it('lose what ties them to every target, and nothing else changes', async () => {
				const found = { name: 'Contoso', links: 2, pairings: 2, cursors: 1, openCreates: 2 };
				expect(await ledger.disconnectTenant(CONTOSO.tenantId, { preview: true })).toEqual(found);
				expect(await ledger.links(CONTOSO)).toHaveLength(1);
				expect(await ledger.disconnectTenant(CONTOSO.tenantId.toUpperCase(), { preview: false })).toEqual(found);
				expect(await ledger.listLinks({ limit: 9 })).toMatchObject([{ pairing: FABRIKAM }]);
				expect(await ledger.listPairings({})).toMatchObject([FABRIKAM]);
				expect(await ledger.listCursors({ limit: 9 })).toMatchObject([{ tenantId: FABRIKAM.tenantId }]);
				expect(await ledger.knownCursor(cursor(CONTOSO.tenantId))).toBeUndefined();
				expect(await ledger.tenantStates()).toMatchObject([{ tenantId: FABRIKAM.tenantId }]);
				expect(await ledger.openIntents(CONTOSO)).toEqual([]);
				expect(await ledger.openIntents(FABRIKAM)).toHaveLength(1);
				expect(await ledger.listRuns({ limit: 9 })).toHaveLength(3);
				expect(await ledger.disconnectTenant(CONTOSO.tenantId, { preview: false })).toEqual({ links: 0, pairings: 0, cursors: 0, openCreates: 0 });
			});

			it('are not, while a run of theirs is in progress', async () => {
				await begin(ledger, CONTOSO, 'now');
				const refused = await refusalOf(ledger.disconnectTenant(CONTOSO.tenantId, { preview: false }));
				expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.tenantBusy' });
				expect(await ledger.links(CONTOSO)).toHaveLength(1);
				clock.pass(901);
				await expect(ledger.disconnectTenant(CONTOSO.tenantId, { preview: false })).resolves.toMatchObject({ pairings: 2 });
			});
		});
	});

	it('Holding back never gets shorter with another failure, and never longer than a day', () => {
		fc.assert(fc.property(fc.nat({ max: 1000 }), (failures) => holdBackMilliseconds(failures) <= holdBackMilliseconds(failures + 1) && holdBackMilliseconds(failures) <= 24 * HOUR));
	});

	it('Reasons are the same when only ids and numbers differ', () => {
		expect(reasonOf('Tenant 11111111-1111-4111-8111-111111111111: status 503 (request id 0a1b2c3d-1111-4111-8111-111111111111)')).toBe(reasonOf('Tenant 22222222-2222-4222-8222-222222222222: status 503 (request id ffffffff-2222-4222-8222-222222222222)'));
		expect(reasonOf('blocked')).not.toBe(reasonOf('no consent'));
	});
}
