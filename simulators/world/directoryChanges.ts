import type { SimulatorClock } from '../entra/clock';
import type { MemberSeed } from './types';

/** Kinds of objects whose changes are logged, and which delta queries follow. */
export type DirectoryType = 'user' | 'group' | 'device';

/** A relationship that gained or lost one object. */
export interface LinkChange {
	relation: 'manager' | 'members' | 'owners' | 'registeredOwners' | 'registeredUsers';
	to: MemberSeed;
	cut: boolean;
}

/** Something happened to an object of the directory. */
export interface DirectoryChange {
	version: number;
	/** Milliseconds since 1970 by the world's clock. */
	at: number;
	type: DirectoryType;
	/** Object id. */
	id: string;
	kind: 'created' | 'updated' | 'softDeleted' | 'restored' | 'deleted';
	/** What an update touched: properties, and relationships by their names. Missing for any other kind: everything. */
	properties?: readonly string[];
	/** In the order in which they were made and cut. */
	links?: readonly LinkChange[];
}

/** Every change of one tenant since the start, oldest first. */
export class ChangeLog {
	readonly changes: DirectoryChange[] = [];
	/** Grows with every change. */
	version = 0;
	private readonly listeners = new Set<(change: DirectoryChange) => void>();

	/** Calls the listener after every change, before the method that made it returns. @returns ends it */
	onChange(listener: (change: DirectoryChange) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	note(clock: SimulatorClock, change: Omit<DirectoryChange, 'version' | 'at'>): void {
		const noted: DirectoryChange = { version: ++this.version, at: clock.now(), ...change };
		this.changes.push(noted);
		for (const listener of this.listeners) listener(noted);
	}

	/** Version of the newest change that is at least so old. */
	versionBefore(milliseconds: number): number {
		let index = this.changes.length - 1;
		while (index >= 0 && this.changes[index].at > milliseconds) index--;
		return this.changes[index]?.version ?? 0;
	}

	/** Changes behind `since`, up to and including `to`. */
	between(since: number, to: number): DirectoryChange[] {
		let start = this.changes.length;
		while (start > 0 && this.changes[start - 1].version > since) start--;
		return this.changes.slice(start).filter((change) => change.version <= to);
	}
}
