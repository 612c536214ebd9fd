import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage, ROOT } from '../../scripts/package/build';
import { installablePackage, PACKAGE_NAME } from '../../scripts/package/pack';
import { npmCommand, runTool } from '../../scripts/progress';

jest.setTimeout(120_000);

/** Runs code in a fresh Node, in the folder of the installed package; it prints its result as JSON. */
const inPackage = <T>(code: string): T => {
	// n8n lends packages its own modules by NODE_PATH, n8n-workflow among them.
	const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules'), NODE_OPTIONS: '' };
	return JSON.parse(execFileSync(process.execPath, ['-e', code], { cwd: installed, env, encoding: 'utf8', maxBuffer: 1e8 })) as T;
};

interface Property {
	name: string;
	type?: string;
	default?: unknown;
	value?: unknown;
	options?: Property[];
	values?: Property[];
	typeOptions?: { password?: boolean; loadOptionsMethod?: string };
}

let installed: string;
let manifest: { n8n: { nodes: string[]; credentials: string[] }; dependencies: Record<string, string> };

beforeAll(async () => {
	const quiet = { say: () => undefined };
	await buildPackage(quiet);
	installed = join(await installablePackage(quiet), 'node_modules', PACKAGE_NAME);
	manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as typeof manifest;
});

describe('The packed package', () => {
	it('holds what is published and nothing else', async () => {
		const npm = npmCommand();
		const answer = await runTool(npm.program, [...npm.args, 'pack', '--dry-run', '--ignore-scripts', '--json', '--silent'], { cwd: ROOT });
		const files = (JSON.parse(answer.slice(answer.indexOf('['))) as Array<{ files: Array<{ path: string }> }>)[0].files.map(({ path }) => path);
		const allowed = [/^package\.json$/, /^README\.md$/, /^LICENSE$/, /^THIRD-PARTY[^/]*$/, /^dist\/(credentials|nodes|sync)\/.+\.js$/, /^dist\/(nodes|credentials)\/.+\.svg$/, /^dist\/nodes\/.+\.node\.json$/, /^dist\/(known|types|methods)\/[a-z]+\.json$/, /^dist\/workflows\/[a-z-]+\.json$/, /^dist\/sync\/.+\/data\/[a-z-]+\.(csv|json)$/, /^dist\/package\.json$/];
		expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
		expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'dist/known/nodes.json', 'dist/types/nodes.json', 'dist/types/credentials.json', 'dist/workflows/syncro-contacts.json', 'dist/sync/source/graph/data/microsoft-skus.csv', 'dist/sync/source/graph/data/free-skus.json', ...manifest.n8n.nodes, ...manifest.n8n.credentials]));
	});

	it('tells n8n what its nodes really are: the stored descriptions are those of the built nodes', () => {
		const built = inPackage<{ nodes: unknown[]; credentials: unknown[] }>(`
			const { PackageDirectoryLoader } = require('n8n-core');
			const loader = new PackageDirectoryLoader(process.cwd());
			loader.loadAll().then(() => {
				const nodes = Object.values(loader.nodeTypes).map(({ type }) => {
					const { __loadOptionsMethods, ...description } = type.description;
					return description;
				});
				process.stdout.write(JSON.stringify({ nodes, credentials: Object.values(loader.credentialTypes).map(({ type }) => type) }));
			});`);
		const stored = (name: string): unknown => JSON.parse(readFileSync(join(installed, 'dist', 'types', `${name}.json`), 'utf8'));
		expect(stored('nodes')).toEqual(built.nodes);
		expect(stored('credentials')).toEqual(built.credentials);
	});

	it('gives every parameter a default, among its options where it has some', () => {
		const nodes = JSON.parse(readFileSync(join(installed, 'dist', 'types', 'nodes.json'), 'utf8')) as Array<{ name: string; properties: Property[] }>;
		const without = (property: Property, path: string): string[] => {
			const here = `${path}.${property.name}`;
			if (property.type === undefined) return (property.values ?? []).flatMap((value) => without(value, here));
			const values = property.type === 'options' && !property.typeOptions?.loadOptionsMethod ? property.options!.map(({ value }) => value) : undefined;
			const wrong = property.default === undefined || (values && !values.includes(property.default)) ? [here] : [];
			const inner = ['collection', 'fixedCollection'].includes(property.type) ? property.options!.flatMap((option) => without(option, here)) : [];
			return [...wrong, ...inner];
		};
		expect(nodes.flatMap(({ name, properties }) => properties.flatMap((property) => without(property, name)))).toEqual([]);
	});

	it('masks every secret of its credentials', () => {
		const credentials = JSON.parse(readFileSync(join(installed, 'dist', 'types', 'credentials.json'), 'utf8')) as Array<{ name: string; properties: Property[] }>;
		const masked = credentials.flatMap(({ name, properties }) => properties.filter(({ typeOptions }) => typeOptions?.password).map((property) => `${name}.${property.name}`));
		expect(masked.sort()).toEqual(['entraAppApi.clientSecret', 'entraAppApi.passphrase', 'entraAppApi.privateKey', 'entraPartnerOAuth2Api.clientSecret', 'httpTargetApi.headerSecret', 'secretSinkApi.headerSecret', 'syncLedgerApi.password', 'syncroTokenApi.apiToken']);
	});

	it('is loaded by n8n without loading any of its nodes', () => {
		const loaded = inPackage<{ nodes: string[]; loaded: string[] }>(`
			const { LazyPackageDirectoryLoader } = require('n8n-core');
			const loader = new LazyPackageDirectoryLoader(process.cwd());
			loader.loadAll().then(() => process.stdout.write(JSON.stringify({
				nodes: Object.keys(loader.known.nodes),
				loaded: Object.keys(require.cache).filter((file) => file.startsWith(process.cwd())),
			})));`);
		expect(loaded).toEqual({ nodes: ['contactMatch', 'httpTarget', 'microsoft365', 'microsoft365Trigger', 'syncLedger', 'syncPlan', 'syncro'], loaded: [] });
	});

	it('loads Microsoft, PostgreSQL and HTTP libraries only when they are used', () => {
		const loaded = inPackage<string[]>(`
			for (const file of [...require('./package.json').n8n.nodes, ...require('./package.json').n8n.credentials]) require('./' + file);
			process.stdout.write(JSON.stringify(Object.keys(require.cache)));`);
		const heavy = ['@azure/msal-node', '@microsoft/microsoft-graph-client', 'pg', 'undici'];
		expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(heavy));
		expect(loaded.filter((file) => heavy.some((name) => file.includes(join('node_modules', name))))).toEqual([]);
	});

	it('finds every library that it needs', () => {
		for (const name of Object.keys(manifest.dependencies)) expect(existsSync(join(installed, 'node_modules', name, 'package.json'))).toBe(true);
		expect(inPackage<string>(`process.stdout.write(JSON.stringify(Object.keys(require('./package.json').dependencies).map((name) => typeof require(name)).join()))`)).not.toContain('undefined');
	});
});
