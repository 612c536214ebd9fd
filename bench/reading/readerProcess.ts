import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { GraphClient } from '../../sync/source/graph/transport/client';
import { measureProcess, type ProcessResult } from './measuredProcess';

/** Where a reader reads, and how it signs in. */
export interface SignInJob {
	loginOrigin: string;
	graphOrigin: string;
	clientId: string;
	secret: string;
	/** PEM of the authority that signed the servers' certificates. */
	ca: string;
	/** For `$select`: the same for every reader. */
	select: string;
	/** Folder of this package's compiled engine. */
	engine: string;
}

/** One tenant that is read. */
export interface ReaderJob extends SignInJob {
	tenantId: string;
	/** Stop after so many pages. Without it to the end. */
	pages?: number;
	/** Collect the garbage and look at the heap after every so many pages. */
	heapEveryPages?: number;
}

/** Many tenants that are read. */
export interface TenantsJob extends SignInJob {
	tenantIds: string[];
}

/** One tenant whose users are told as changes: the whole list first, or what changed since the link was given. */
export interface ChangesJob extends SignInJob {
	tenantId: string;
	link?: string;
}

/** What was told, and the link to what comes after it. */
export interface ChangesResult extends ProcessResult {
	objects: number;
	link: string;
}

/** What a reader tells of its work. */
export interface ReaderResult extends ProcessResult {
	users: number;
	/** What lived in the heap at each look at it. */
	heapMiB: number[];
}

const heapMiB: number[] = [];

/** What is still alive now, in MiB, for `heapEveryPages`. */
export function lookAtHeap(): void {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	heapMiB.push(Math.round(process.memoryUsage().heapUsed / 1024 / 1024));
}

/** The frame of every reader's process: reads, and tells how many users it read. */
export function measureReader(read: (job: ReaderJob) => Promise<number>): void {
	measureProcess(async (job: ReaderJob) => {
		const users = await read(job);
		return { users, heapMiB, settle: job.pages !== undefined };
	});
}

/** The address of the first page, as all readers ask for it. */
export function firstPage(job: SignInJob): string {
	return `${job.graphOrigin}/v1.0/users?$select=${encodeURIComponent(job.select)}&$top=999`;
}

/** Client credentials, by hand. */
export async function tokenFor(job: SignInJob & { tenantId: string }, fetch: (url: string, init: { method: string; body: string; headers: Record<string, string> }) => Promise<{ json(): Promise<unknown> }>): Promise<string> {
	const answer = await fetch(`${job.loginOrigin}/${job.tenantId}/oauth2/v2.0/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: job.clientId,
			client_secret: job.secret,
			scope: `${job.graphOrigin}/.default`,
		}).toString(),
	});
	const { access_token } = (await answer.json()) as { access_token?: string };
	if (!access_token) throw new Error('No token came.');
	return access_token;
}

/** Requests as the raw loops send them: this package's transport, the token, nothing looked at. */
export async function rawRequests(job: SignInJob): Promise<{ token(tenantId: string): Promise<string>; get<T>(address: string, token: string): Promise<T> }> {
	// Loaded while it is measured, as the others load what they need.
	const [{ EnvHttpProxyAgent, fetch }, { getCACertificates }] = await Promise.all([import('undici'), import('node:tls')]);
	const ca = [...getCACertificates('default'), job.ca];
	const dispatcher = new EnvHttpProxyAgent({ connect: { ca }, requestTls: { ca } });
	return {
		token: async (tenantId) => await tokenFor({ ...job, tenantId }, async (url, init) => await fetch(url, { ...init, dispatcher })),
		get: async <T>(address: string, token: string) => (await (await fetch(address, { dispatcher, headers: { authorization: `Bearer ${token}` } })).json()) as T,
	};
}

/** This package's client, from its published files. */
export async function packageClient(job: SignInJob, tenantId: string): Promise<GraphClient> {
	const { graphClient } = (await import(join(job.engine, 'source', 'graph', 'transport', 'client.js'))) as typeof import('../../sync/source/graph/transport/client');
	return graphClient({
		app: {
			tenantId,
			clientId: job.clientId,
			cloud: 'global',
			proof: { kind: 'secret', secret: job.secret },
			loginAddress: job.loginOrigin,
			graphAddress: job.graphOrigin,
			caCertificate: job.ca,
		},
	});
}

/** A part of this package, from its published files. */
export async function packagePart<T>(job: SignInJob, ...path: string[]): Promise<T> {
	return (await import(`${join(job.engine, ...path)}.js`)) as T;
}
