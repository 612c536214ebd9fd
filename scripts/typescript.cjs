/**
 * Runs a TypeScript file of this repository: `node scripts/typescript.cjs scripts/start.ts …`.
 * Node's own type stripping wants file endings in imports, which the published CommonJS build must not have.
 */
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { transformSync } = require('@swc/core');

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, filename) => {
	const { code } = transformSync(readFileSync(filename, 'utf8'), {
		filename,
		swcrc: false,
		sourceMaps: 'inline',
		module: { type: 'commonjs' },
		jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
	});
	module._compile(code, filename);
};

process.argv.splice(1, 1);
process.argv[1] = resolve(process.argv[1]);
require(process.argv[1]);
