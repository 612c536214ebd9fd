/** Projects by what they need: `unit` and `contract` nothing, `workflow` n8n-core, `e2e` a whole n8n. */
const project = (name, extra = {}) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
	transform: {
		'^.+\\.[tj]s$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
	},
	// PnP's client is published as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!@pnp/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.build/'],
	testEnvironment: 'node',
	...extra,
});

module.exports = {
	projects: [project('unit'), project('contract'), project('workflow'), project('e2e')],
};
