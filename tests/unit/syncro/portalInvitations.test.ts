import fc from 'fast-check';
import { transportFor } from '../../../sync/http/transport';
import { SyncroClient } from '../../../sync/target/syncro/client';
import { createAuthority } from '../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import { PatientClock, TOKEN } from './support/account';
import { invitedBy, linkContacts, portalPairing, portalSync, PORTAL_SEED } from './support/portal';
import { Process } from './support/process';
import { planRecords, syncRecords } from './support/recordRuns';
import { LEASE_SECONDS, openTestLedger } from './support/runs';

const authority = createAuthority();
const clock = new PatientClock();
let simulator: SyncroSimulator;
let opened: Awaited<ReturnType<typeof openTestLedger>>;

beforeAll(async () => {
	simulator = await startSyncro({ authority, seed: PORTAL_SEED, clock });
});
afterAll(async () => await simulator.stop());

const outbox = () => simulator.state.invitations.map(({ email }) => email).sort();
const addressOf = (name: string) => `${name.split('#')[0]}@northwind.example`;

async function inFreshWorld(work: () => Promise<void>): Promise<void> {
	simulator.state.reset();
	simulator.faults.clear();
	opened = await openTestLedger(clock);
	try {
		await work();
	} finally {
		await opened.close();
	}
}

type More = Parameters<typeof portalSync>[4];

function jobIn(life: Process, names: readonly string[], more: More = {}) {
	const transport = life.transport(transportFor({ caCertificates: authority.cert }));
	const client = new SyncroClient({ subdomain: 'acme', token: TOKEN, addressOverride: simulator.origin, transport, clock, random: () => 0 });
	return portalSync(client, life.ledger(opened.ledger), 't', names, more);
}

/** A run that may die on its way; the lock of a dead one expires before the next. */
async function run(life: Process, names: readonly string[], more: More = {}): Promise<void> {
	clock.moment += 60_000;
	await syncRecords(jobIn(life, names, more)).catch((error: Error) => {
		if (!life.dead) throw error;
	});
	if (life.dead) clock.moment += LEASE_SECONDS * 1000 + 1;
}

describe('A run that creates portal users and invites', () => {
	it('killed at any boundary is completed by the next, and sends no second mail; only where it died while sending is somebody told instead', async () => {
		const names = ['ada', 'bob'];
		let boundaries = 0;
		await inFreshWorld(async () => {
			await linkContacts(opened.ledger, 't', names);
			const life = new Process();
			await run(life, names);
			boundaries = life.passed;
			expect(outbox()).toEqual(names.map(addressOf));
		});
		expect(boundaries).toBeGreaterThan(30);
		const told: string[][] = [];
		for (let killAt = 0; killAt < boundaries; killAt++) {
			await inFreshWorld(async () => {
				await linkContacts(opened.ledger, 't', names);
				await run(new Process(killAt), names);
				await run(new Process(), names);
				const { plan } = await syncRecords(jobIn(new Process(), names));
				const unknown = plan.skipped.filter(({ code }) => code === 'invitationUnknown').map(({ sourceId }) => addressOf(sourceId!));
				expect([killAt, plan.changes]).toEqual([killAt, []]);
				expect([killAt, simulator.state.portalUsers.ordered().map(({ email }) => email).sort()]).toEqual([killAt, names.map(addressOf)]);
				expect([killAt, (await opened.ledger.openIntents(portalPairing('t'))).length]).toEqual([killAt, 0]);
				expect(new Set(outbox()).size).toBe(outbox().length);
				expect([killAt, [...new Set([...outbox(), ...unknown])].sort()]).toEqual([killAt, names.map(addressOf)]);
				if (unknown.length > 0) told.push(unknown);
			});
		}
		// Between the announcement and what became of it lie, for each, a look at the contact, the mail and the settlement.
		expect(told.length).toBeGreaterThan(0);
		expect(told.length).toBeLessThan(boundaries / 3);
	}, 120_000);

	const NAMES = ['ada', 'bob', 'cid', 'ada#2', 'bob#2'];
	const step = fc.record({
		names: fc.subarray(NAMES).map((names) => names.filter((name) => !names.includes(`${name}#2`))),
		who: fc.constantFrom('new' as const, 'everybody' as const, 'new' as const, 'nobody' as const),
		perRun: fc.integer({ min: 1, max: 3 }),
		orphaned: fc.constantFrom('delete' as const, 'leave' as const),
		killAt: fc.option(fc.nat(60), { nil: undefined }),
		fault: fc.option(fc.record({ path: fc.constantFrom('create_invitation', '/portal_users'), after: fc.boolean(), skip: fc.nat(2) }), { nil: undefined }),
		byHand: fc.option(fc.constantFrom('ada', 'bob'), { nil: undefined }),
	});

	it('sends to each address at most once over any history, and the dry run names exactly those whom it then invites', async () => {
		let mails = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (history) => {
				await inFreshWorld(async () => {
					for (const { names, who, perRun, orphaned, killAt, fault, byHand } of history) {
						simulator.faults.clear();
						// Somebody deletes a portal user in Syncro.
						for (const user of simulator.state.portalUsers.ordered()) if (byHand && user.email === addressOf(byHand)) simulator.state.portalUsers.delete(user.id);
						await linkContacts(opened.ledger, 't', names);
						const more: More = { policies: { orphaned }, invitations: { who, perRun }, whereabouts: NAMES.filter((name) => !names.includes(name)).map((name) => [name, 'gone']) };
						const before = outbox();
						const preview = await planRecords(jobIn(new Process(), names, { ...more, mode: 'preview' }));
						expect(outbox()).toEqual(before);
						expect(invitedBy(preview).length).toBeLessThanOrEqual(perRun);
						if (fault) simulator.faults.add({ method: 'POST', path: fault.path, skip: fault.skip, fault: { kind: 'reset', after: fault.after } });
						await run(new Process(killAt), names, more);
						const sent = outbox().slice();
						for (const address of before) sent.splice(sent.indexOf(address), 1);
						if (killAt === undefined && !fault) expect(sent).toEqual(invitedBy(preview));
						else for (const address of sent) expect(invitedBy(preview)).toContain(address);
						expect(new Set(outbox()).size).toBe(outbox().length);
						mails += sent.length;
					}
				});
			}),
			{ numRuns: 60 },
		);
		expect(mails).toBeGreaterThan(40);
	}, 180_000);
});
