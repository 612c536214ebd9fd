import type { World } from '../world/world';
import type { AccessTokens } from './accessTokens';
import type { SimulatorClock } from './clock';
import type { UserSessions } from './userSessions';

export interface LoginOptions {
	world: World;
	tokens: AccessTokens;
	sessions: UserSessions;
	clock: SimulatorClock;
	/** Origin of this server, known once it listens. */
	origin: () => string;
	/** APIs for which tokens may be asked: their addresses, without `/.default`, and their app ids. */
	resources: () => ReadonlyMap<string, string>;
}
