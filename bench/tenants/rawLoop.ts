import { measureTenants } from './tenantsProcess';

/** The floor: all tenants at once, two requests each, over the same transport; no errors looked at, nothing made of the users. */
measureTenants(async (job) => {
	const { EnvHttpProxyAgent, fetch } = await import('undici');
	const { getCACertificates } = await import('node:tls');
	const ca = [...getCACertificates('default'), job.ca];
	const dispatcher = new EnvHttpProxyAgent({ connect: { ca }, requestTls: { ca } });
	const users = await Promise.all(
		job.tenantIds.map(async (tenantId) => {
			const signIn = await fetch(`${job.loginOrigin}/${tenantId}/oauth2/v2.0/token`, {
				dispatcher,
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams({ grant_type: 'client_credentials', client_id: job.clientId, client_secret: job.secret, scope: `${job.graphOrigin}/.default` }).toString(),
			});
			const { access_token } = (await signIn.json()) as { access_token: string };
			const answer = await fetch(`${job.graphOrigin}/v1.0/users?$select=${encodeURIComponent(job.select)}&$top=999`, { dispatcher, headers: { authorization: `Bearer ${access_token}` } });
			return ((await answer.json()) as { value: unknown[] }).value.length;
		}),
	);
	return users.reduce((sum, each) => sum + each, 0);
});
