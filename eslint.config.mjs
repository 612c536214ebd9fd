import { createRequire } from 'node:module';
import communityNodes from '@n8n/eslint-plugin-community-nodes';
import tseslint from 'typescript-eslint';

const nodesBase = createRequire(import.meta.url)('eslint-plugin-n8n-nodes-base');

/**
 * n8n's two lints for community nodes. The first list is n8n's own for packages that do not run in n8n's cloud:
 * `recommended` without `no-restricted-globals` and `no-restricted-imports`, which keep node's modules and globals
 * out of cloud workers. This package keeps a ledger file and speaks TLS itself, on self-hosted n8n.
 */
const published = communityNodes.configs.recommendedWithoutN8nCloudSupport;

export default tseslint.config(
	{ ignores: ['dist/', '.build/', 'coverage/', 'node_modules/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	// Everything that is TypeScript.
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		languageOptions: { parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname } },
		rules: {
			eqeqeq: 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			// A name that begins with _ says that it is left out on purpose.
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
		},
	},
	{ files: ['credentials/**/*.ts', 'nodes/**/*.ts', 'sync/**/*.ts'], rules: { 'no-console': 'error' } },

	// n8n's rules for what n8n loads.
	{
		files: ['credentials/**/*.ts', 'nodes/**/*.ts', 'package.json'],
		plugins: published.plugins,
		rules: {
			...published.rules,
			// Microsoft's sign-in and Graph client and the PostgreSQL driver are libraries on purpose: writing them
			// again would be worse. n8n's cloud forbids dependencies; this package is for self-hosted n8n.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: {
			...nodesBase.configs.credentials.rules,
			// For credentials of n8n's own repository, whose documentation addresses are short names; the community
			// rule credential-documentation-url asks for a full address, and both cannot be had.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// "… API" says nothing to the person who chooses: an app registration and a ledger file are no APIs. The
			// names end with the package's instead, which tells them from n8n's own "Syncro API" and "Microsoft …".
			'n8n-nodes-base/cred-class-field-display-name-missing-api': 'off',
			// Wants "OAuth2 API" at the very end; the community rule cred-class-oauth2-naming asks for OAuth2 anywhere.
			'n8n-nodes-base/cred-class-field-display-name-missing-oauth2': 'off',
		},
	},
	{
		files: ['credentials/EntraAppApi.credentials.ts', 'credentials/EntraPartnerOAuth2Api.credentials.ts'],
		rules: {
			// It takes every "certificate" for a secret. Certificates are public; masked, nobody could check which one
			// was pasted. Secret, private key and passphrase are masked: tests/e2e/package.test.ts.
			'@n8n/community-nodes/credential-password-field': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: {
			...nodesBase.configs.nodes.rules,
			// These two know only the text 'main' and forbid more than one of it; n8n's newer rule
			// node-connection-type-literal forbids the text and asks for NodeConnectionTypes.Main.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// These two read the source, where a default that is computed (the first resource, the target's own field
			// mapping) looks missing. tests/e2e/package.test.ts asks the same of the built descriptions.
			'n8n-nodes-base/node-param-default-missing': 'off',
			'n8n-nodes-base/node-param-default-wrong-for-options': 'off',
		},
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': nodesBase },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: nodesBase.configs.community.rules,
	},
);
