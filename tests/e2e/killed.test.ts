import { errorOf, outputOf } from '../../scripts/n8n/client';
import { prepareTemplate, runTemplate } from '../../scripts/workshop/runTemplate';
import type { FaultRule } from '../../simulators/base/faults';
import { letLocksExpire, openIntentsIn, runsIn } from './support/ledgerFile';
import { until, useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('killed');
const syncro = () => workshop().simulators.syncro;
const TEMPLATE = 'syncro-contacts';

/** Addresses that more than one contact of the customer has, apart from those that had so before. */
const duplicates = (): string[] => {
	const addresses = syncro()
		.state.contactsOf(101)
		.map(({ email }) => email?.toLowerCase() ?? '');
	return addresses.filter((address, index) => address !== 'dana.cole@harbordental.example' && addresses.indexOf(address) !== index);
};

/** Starts the template for good and kills n8n (kill -9, with all it started) once something is so. */
const killWhen = async (what: string, isSo: () => boolean): Promise<void> => {
	const id = await prepareTemplate(workshop(), TEMPLATE, { preview: false, allowHeldPlan: '' });
	await workshop().n8n.client.startManually(id);
	await until(what, isSo);
	await workshop().n8n.kill();
	syncro().faults.clear();
	await workshop().restartN8n();
};

describe('n8n killed in the middle of an apply', () => {
	/** Contacts that a run without any accident ends with. */
	let undisturbed: string;
	const names = (): string => JSON.stringify(syncro().state.contactsOf(101).map(({ name, email, address1, phone, properties }) => [name, email, address1, phone, properties]).sort());

	const begin = async (): Promise<number> => {
		await workshop().beginAfresh();
		syncro().faults.clear();
		syncro().state.editContact(5002, { name: 'Zoë Müller' });
		return syncro().writes();
	};

	beforeAll(async () => {
		await begin();
		expect(errorOf(await runTemplate(workshop(), TEMPLATE, { preview: false }))).toBe('');
		undisturbed = names();
	});

	/** The simulator has had such a request, and its answer will never arrive. */
	const unanswered = (method: string): boolean => syncro().seen.some((request) => request.status === 0 && request.method === method && request.url.pathname.includes('/contacts'));

	const moments: Array<[string, FaultRule | undefined, (writes: number) => boolean]> = [
		['while it read the contacts', { fault: { kind: 'hang' }, method: 'GET', path: '/contacts' }, () => unanswered('GET')],
		['when its first create had arrived, but not the reply', { fault: { kind: 'hang' }, method: 'POST' }, () => unanswered('POST')],
		['when its fourth create had arrived, but not the reply', { fault: { kind: 'hang' }, method: 'POST', skip: 3 }, () => unanswered('POST')],
		['when an update had arrived, but not the reply', { fault: { kind: 'hang' }, method: 'PUT' }, () => unanswered('PUT')],
		['when a create never arrived', { fault: { kind: 'reset', after: false }, method: 'POST', skip: 2, times: Infinity }, () => unanswered('POST')],
		['right after a write, whatever it was doing then', undefined, (writes) => writes >= 3],
	];

	it.each(moments)('%s: the next run completes it, without a duplicate', async (moment, fault, isSo) => {
		const before = await begin();
		syncro().seen.length = 0;
		if (fault) syncro().faults.add(fault);
		await killWhen(moment, () => isSo(syncro().writes() - before));
		expect(runsIn(workshop().ledgerFile)).toEqual([expect.objectContaining({ status: 'running' })]);

		// The dead run's lock keeps the next one out until it expires, and says so.
		const early = await runTemplate(workshop(), TEMPLATE, { preview: false });
		expect(errorOf(early)).toMatch(/Start Run: .*run/);
		letLocksExpire(workshop().ledgerFile);

		const next = await runTemplate(workshop(), TEMPLATE, { preview: false });
		expect(errorOf(next)).toBe('');
		expect(outputOf(next, 'Finish Run')).toEqual([expect.objectContaining({ status: 'succeeded' })]);
		expect(duplicates()).toEqual([]);
		expect(names()).toBe(undisturbed);
		expect(openIntentsIn(workshop().ledgerFile)).toBe(0);
		expect(runsIn(workshop().ledgerFile).map(({ status }) => status)).toEqual(['abandoned', 'succeeded']);

		const writes = syncro().writes();
		const again = await runTemplate(workshop(), TEMPLATE, { preview: false });
		expect(outputOf(again, 'Plan Changes', 2)).toEqual([expect.objectContaining({ counts: expect.objectContaining({ create: 0, update: 0, link: 0 }) })]);
		expect(syncro().writes()).toBe(writes);
	});
});
