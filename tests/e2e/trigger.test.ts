import { randomUUID } from 'node:crypto';
import { outputOf, type Execution } from '../../scripts/n8n/client';
import { HARBOR_TENANT_ID, PEOPLE } from '../../simulators/world';
import { lay } from './support/canvas';
import { until, useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('trigger');

const client = () => workshop().n8n.client;
const notifications = () => workshop().simulators.microsoft.notifications;
const harbor = () => workshop().simulators.microsoft.world.tenant(HARBOR_TENANT_ID);
const subscriptions = () => notifications().subscriptions.all();

/** A workflow that begins with the trigger and does nothing else. */
const laid = async (parameters: Record<string, unknown>): Promise<string> =>
	await lay(workshop(), { Trigger: ['microsoft365Trigger', parameters, { webhookId: randomUUID() }], End: ['n8n-nodes-base.noOp'] }, [['Trigger', 'End']]);

const finished = async (workflow: string, count: number): Promise<Execution[]> => {
	await until(`workflow ${workflow} ran ${count} times`, async () => (await client().listExecutions(workflow)).filter(({ status }) => status === 'success').length >= count, 90_000);
	return await Promise.all((await client().listExecutions(workflow)).map(async ({ id }) => await client().getExecution(id)));
};

describe('The trigger in a real n8n', () => {
	let polling: string;
	beforeAll(async () => {
		notifications().settings.allowHttp = true;
		// n8n polls once a minute at most: the tests of notifications pass the time.
		polling = await laid({ resource: 'users', usersProperties: ['displayName', 'jobTitle'] });
		await client().activateWorkflow(polling);
		await until('the first poll has taken its place', () => workshop().simulators.microsoft.graph.seen.some(({ url }) => url.search.includes('latest')));
		harbor().updateUser(PEOPLE.zoe, { jobTitle: 'Polled' });
	});

	it('subscribes while its workflow is published, and starts it with what changed', async () => {
		const workflow = await laid({ delivery: 'notifications', usersProperties: ['displayName', 'jobTitle'] });
		await client().activateWorkflow(workflow);
		await until('the trigger has subscribed', () => subscriptions().length === 1);
		expect(subscriptions()).toMatchObject([{ resource: 'users', changeType: 'updated,deleted' }]);

		harbor().updateUser(PEOPLE.ada, { jobTitle: 'Director' });
		await notifications().idle();
		const [execution] = await finished(workflow, 1);
		expect(execution.mode).toBe('webhook');
		expect(outputOf(execution, 'End')).toEqual([{ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.ada, displayName: 'Ada Brandt', jobTitle: 'Director', change: 'changed', mode: 'incremental' }]);

		expect(await notifications().forge(subscriptions()[0].id)).toMatchObject({ status: 403 });
		await client().deactivateWorkflow(workflow);
		await until('the subscription has ended', () => subscriptions().length === 0);
		expect(await client().listExecutions(workflow)).toHaveLength(1);
	});

	it('shows what comes when it is tested', async () => {
		const workflow = await laid({ resource: 'users' });
		const execution = await client().runManually(workflow, { trigger: 'Trigger' });
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'End')).toHaveLength(3);
	});

	it('waits in a test for a notification, shows what it brings, and subscribes no longer than that', async () => {
		const workflow = await laid({ delivery: 'notifications', usersProperties: ['displayName', 'jobTitle'] });
		const answer = await client().request<{ waitingForWebhook?: boolean }>('POST', `/rest/workflows/${workflow}/run`, { triggerToStartFrom: { name: 'Trigger' } });
		expect(answer).toEqual({ waitingForWebhook: true });
		expect(subscriptions()).toHaveLength(1);
		harbor().updateUser(PEOPLE.ada, { jobTitle: 'Tester' });
		await notifications().idle();
		const [execution] = await finished(workflow, 1);
		expect(outputOf(execution, 'End')).toMatchObject([{ id: PEOPLE.ada, jobTitle: 'Tester' }]);
		await until('the subscription of the test has ended', () => subscriptions().length === 0);
	});

	it('has no endpoint when it polls, and starts its workflow at the next poll time', async () => {
		const [execution] = await finished(polling, 1);
		expect(execution.mode).toBe('trigger');
		expect(outputOf(execution, 'End')).toContainEqual(expect.objectContaining({ id: PEOPLE.zoe, jobTitle: 'Polled', change: 'changed' }));
		await client().deactivateWorkflow(polling);
		expect(subscriptions()).toEqual([]);
	});
});
