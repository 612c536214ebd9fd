import { labsTenant, pierViewTenant } from './otherTenants';
import { sampleApps } from './sampleApps';
import { smallTenant } from './smallTenant';
import { World } from './world';

/**
 * The sample world: Harbor Dental, Harbor Labs and Pier View Realty, and the sample apps.
 *
 * @param options.certificates PEM certificates to register for the consented sample app
 */
export function smallWorld(options: { certificates?: readonly string[] } = {}): World {
	return new World({ tenants: [smallTenant(), labsTenant(), pierViewTenant()], apps: sampleApps(options.certificates) });
}
