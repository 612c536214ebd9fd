import { runInNewContext } from 'node:vm';
import { EntraPartnerOAuth2Api } from '../../../credentials/EntraPartnerOAuth2Api.credentials';
import { entraAppOf } from '../../../nodes/connect/entra';
import { CLOUDS, endpointsOf } from '../../../sync/source/graph/signIn/clouds';

const { properties } = new EntraPartnerOAuth2Api();

/** What n8n makes of a hidden field: its expression, resolved with the credential's own fields. */
function resolved(name: string, self: Record<string, unknown>): string {
	const expression = String(properties.find((property) => property.name === name)!.default);
	const code = /^=\{\{(.*)\}\}$/s.exec(expression)![1];
	return runInNewContext(code, { $self: self }) as string;
}

const TENANT = '3b6e9f14-27d8-4c5a-b0e1-9d4f7a2c6b10';

describe('the Entra Partner (GDAP) credential', () => {
	it.each(Object.keys(CLOUDS))('lets n8n sign in where the nodes do, in the cloud %s', (cloud) => {
		const fields = { tenantId: ` ${TENANT} `, cloud, advanced: false };
		const { loginOrigin, scope } = endpointsOf(entraAppOf(fields));
		expect(resolved('authUrl', fields)).toBe(`${loginOrigin}/${TENANT}/oauth2/v2.0/authorize`);
		expect(resolved('accessTokenUrl', fields)).toBe(`${loginOrigin}/${TENANT}/oauth2/v2.0/token`);
		expect(resolved('scope', fields)).toBe(`${scope} offline_access openid`);
	});

	it('lets n8n sign in at a test server, when its address is shown', () => {
		const fields = { tenantId: TENANT, cloud: 'global', advanced: true, loginAddress: 'https://localhost:8443/' };
		expect(resolved('accessTokenUrl', fields)).toBe(`https://localhost:8443/${TENANT}/oauth2/v2.0/token`);
		expect(resolved('accessTokenUrl', { ...fields, advanced: false })).toContain('https://login.microsoftonline.com/');
		expect(resolved('accessTokenUrl', { ...fields, loginAddress: '' })).toContain('https://login.microsoftonline.com/');
	});

	it('offers the clouds that the engine knows, and masks its secret', () => {
		const offered = (properties.find(({ name }) => name === 'cloud')!.options as Array<{ value: string }>).map(({ value }) => value);
		expect(offered.sort()).toEqual(Object.keys(CLOUDS).sort());
		expect(properties.filter(({ typeOptions }) => typeOptions?.password).map(({ name }) => name)).toEqual(['clientSecret']);
	});
});
