import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { OWNER } from '../../scripts/n8n/instance';
import { ROOT } from '../../scripts/package/build';
import { prepareTemplate } from '../../scripts/workshop/runTemplate';
import { findChromium, launchChromium } from './support/chromium';
import { until, useWorkshop } from './support/useWorkshop';

const chromium = findChromium();
if (!chromium) console.warn('!!! The tests in a real browser ARE SKIPPED: no Chromium. Install one or set CHROMIUM_PATH.');

/** Pictures of what a person sees, to look at; not part of the package. */
const PICTURES = join(ROOT, '.build', 'pictures');

(chromium ? describe : describe.skip)('The editor, in a real browser', () => {
	const workshop = useWorkshop('editor');
	let browser: Browser;
	let page: Page;
	const complaints: string[] = [];

	beforeAll(async () => {
		mkdirSync(PICTURES, { recursive: true });
		browser = await launchChromium(chromium!);
		page = await browser.newPage({ viewport: { width: 1680, height: 1000 } });
		page.on('pageerror', (error) => complaints.push(error.message));
		await page.goto(`${workshop().n8n.address}/signin`);
		await page.fill('input[name="emailOrLdapLoginId"]', OWNER.email);
		await page.fill('input[name="password"]', OWNER.password);
		await page.keyboard.press('Enter');
		await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	});

	afterAll(async () => await browser?.close());

	let shown: string | undefined;
	/** Opens the template, unless it is what the browser shows: loading the editor takes seconds. */
	const open = async (template: string): Promise<void> => {
		if (shown === template) return;
		shown = template;
		await page.goto(`${workshop().n8n.address}/workflow/${workshop().templates[template]}`);
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		// The canvas is put in order once it is loaded.
		await page.waitForTimeout(1500);
	};

	it.each(['undo-run', 'syncro-contacts'])('shows the template %s with every node known', async (template) => {
		await open(template);
		const { nodes } = await workshop().n8n.client.getWorkflow(workshop().templates[template]);
		for (const { name, type } of nodes) {
			if (!type.endsWith('stickyNote')) expect(await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).count()).toBe(1);
		}
		await page.screenshot({ path: join(PICTURES, `canvas-${template}.png`) });
		// n8n puts a question mark in place of a node whose type it does not know.
		expect(await page.getByText('Install this node to use it').count()).toBe(0);
		expect(complaints).toEqual([]);
	});

	it('executes the template at the press of the button', async () => {
		const id = await prepareTemplate(workshop(), 'syncro-contacts', {});
		shown = undefined;
		await open('syncro-contacts');
		await page.locator('[data-test-id="execute-workflow-button"]').click();
		await until('the execution has ended', async () => {
			const [last] = await workshop().n8n.client.listExecutions(id);
			return last !== undefined && !['new', 'running'].includes(last.status);
		});
		const [execution] = await workshop().n8n.client.listExecutions(id);
		expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
		await page.waitForTimeout(1500);
		await page.screenshot({ path: join(PICTURES, 'canvas-executed.png') });
	});

	it.each([
		// The editor leaves out what it takes for a part of the sign-in.
		['Get People', 'Operation'],
		['Match People and Contacts', 'Look Up Missing Records'],
		['Plan Changes', 'Safeguards'],
		['Apply Changes', 'Writes only in a run'],
		['Start Run', 'Lock Expires'],
	])('opens the panel of "%s"', async (name, text) => {
		await open('syncro-contacts');
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick({ force: true });
		const panel = page.locator('[data-test-id="ndv"], [data-test-id="node-parameters"], .ndv-wrapper').first();
		await panel.waitFor();
		await page.waitForTimeout(1000);
		await page.screenshot({ path: join(PICTURES, `panel-${name.toLowerCase().replaceAll(' ', '-')}.png`) });
		expect(await page.locator('body').innerText()).toContain(text);
		expect(complaints).toEqual([]);
		await page.keyboard.press('Escape');
		await panel.waitFor({ state: 'hidden' });
	});
});
