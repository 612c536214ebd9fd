import type { AuthenticationStatus } from '../../../model/authentication';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import { collect } from '../transport/paging';
import { authenticationOfEach } from './authenticationMethods';
import { registrationPages } from './registrationDetails';

/**
 * How people sign in: in bulk, or, where the tenant's licence does not include the report, person by person.
 *
 * @param withoutPremium what to do without the licence; `refuse` throws `notLicensed`
 * @throws SyncError when anything cannot be read: nobody is given as "not registered" who was not looked at
 */
export async function authentication(client: GraphClient, withoutPremium: 'each' | 'refuse'): Promise<AuthenticationStatus[]> {
	try {
		return await collect(registrationPages(client));
	} catch (error) {
		if (withoutPremium === 'refuse' || !(error instanceof SyncError) || error.class !== 'notLicensed') throw error;
		return await authenticationOfEach(client);
	}
}
