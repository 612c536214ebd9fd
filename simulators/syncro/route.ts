import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import { outsideContract } from './answers';
import type { SyncroQuirks } from './quirks';
import type { SyncroPermission, SyncroToken } from './seed';
import type { SyncroState } from './state';

/** A request that found its route, and what it is answered from. */
export interface Call {
	request: SimulatedRequest;
	/** The ids in the path, first to last; NaN where the path has none. */
	id: number;
	secondId: number;
	token: SyncroToken;
	state: SyncroState;
	quirks: SyncroQuirks;
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: RegExp;
	permission?: SyncroPermission;
	/** Query parameters that the specification names; lists take `per_page` too, and ignore it. */
	parameters?: readonly string[];
	respond(call: Call): SimulatedResponse;
}

/** A query parameter that must be a whole number, or null when it was not sent. */
export function integerParameter(url: URL, name: string): number | null {
	const value = url.searchParams.get(name);
	if (value !== null && !/^\d+$/.test(value)) throw outsideContract(`${name} ${value}`);
	return value === null ? null : Number(value);
}

/** A query parameter that must be a moment or a day, in milliseconds, or null when it was not sent. */
export function momentParameter(url: URL, name: string): number | null {
	const value = url.searchParams.get(name);
	const moment = value === null ? null : Date.parse(value);
	if (Number.isNaN(moment)) throw outsideContract(`${name} ${value}`);
	return moment;
}
