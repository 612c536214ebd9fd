import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownN8n } from '../../../scripts/n8n/cache';
import { unflatten } from '../../../scripts/n8n/flatted';
import { readTemplates, withSettings } from '../../../scripts/workshop/templates';

describe('An n8n of one\'s own', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'own-n8n-'))));
	afterEach(() => rmSync(folder, { recursive: true }));

	const install = (version: string): string => {
		const path = join(folder, 'node_modules', 'n8n');
		mkdirSync(join(path, 'bin'), { recursive: true });
		writeFileSync(join(path, 'package.json'), JSON.stringify({ name: 'n8n', version }));
		writeFileSync(join(path, 'bin', 'n8n'), '');
		return path;
	};

	it('is found by its folder, the folder around it, and its program', () => {
		const path = install('2.41.3');
		for (const given of [path, folder, join(path, 'bin', 'n8n')]) expect(ownN8n(given)).toMatchObject({ version: '2.41.3' });
	});

	it.each(['2.39.9', '1.120.0'])('is refused when it is too old: %s', (version) => {
		expect(() => ownN8n(install(version))).toThrow(`n8n ${version}, which is too old: 2.40 or newer is needed`);
	});

	it.each(['2.40.0', '3.0.0'])('is taken when it is new enough: %s', (version) => {
		expect(ownN8n(install(version)).version).toBe(version);
	});

	it('is refused where there is none, or no such place', () => {
		expect(() => ownN8n(folder)).toThrow('where no n8n was found');
		expect(() => ownN8n(join(folder, 'nowhere'))).toThrow('does not exist');
	});
});

describe('n8n\'s stored executions', () => {
	it('are read back with shared and circular parts', () => {
		const value = unflatten('[{"a":"1","list":"2","self":"0","n":5,"none":null},"text",["1","3"],{"again":"2"}]') as Record<string, unknown>;
		expect(value).toMatchObject({ a: 'text', n: 5, none: null });
		expect(value.self).toBe(value);
		expect((value.list as unknown[])[0]).toBe('text');
		expect((value.list as Array<{ again: unknown }>)[1].again).toBe(value.list);
	});
});

describe('A template\'s settings', () => {
	const { workflow } = readTemplates().find(({ name }) => name === 'syncro-contacts')!;

	it('are filled in, in a copy', () => {
		const filled = withSettings(workflow, { tenantId: 'harbordental.example' });
		expect(JSON.stringify(filled)).toContain('"value":"harbordental.example"');
		expect(JSON.stringify(workflow)).not.toContain('harbordental.example');
	});

	it('are refused when the template has no such setting', () => {
		expect(() => withSettings(workflow, { tenant: 'x' })).toThrow(/has no setting "tenant"; its node "Settings" has .*tenantId/);
	});
});
