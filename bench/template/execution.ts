import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Instance } from '../../scripts/n8n/instance';

export interface Measured {
	/** From the request that starts it to its end in n8n's own record. */
	seconds: number;
	/** Largest resident memory of n8n's process while it ran; 0 where the system does not tell. */
	peakMiB: number;
	/** Before it ran. */
	idleMiB: number;
}

/**
 * Executes a workflow by hand in a running n8n and waits for its end. The workflow keeps no data of executions, so
 * whether it went well has to be seen from what it did.
 */
export async function measureExecution(n8n: Instance, workflowId: string, timeoutMilliseconds: number): Promise<Measured> {
	forgetPeak(n8n.pid);
	const idleMiB = memory(n8n.pid, 'VmRSS');
	const database = new DatabaseSync(join(n8n.userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const row = database.prepare('SELECT status, deletedAt FROM execution_entity WHERE id = ?');
		const start = Date.now();
		const id = await n8n.client.startManually(workflowId);
		for (;;) {
			// n8n marks what it does not keep as deleted the moment it ends, and leaves the row for a while.
			const execution = row.get(Number(id));
			const seconds = (Date.now() - start) / 1000;
			if (execution?.deletedAt) return { seconds, peakMiB: memory(n8n.pid, 'VmHWM'), idleMiB };
			if (seconds * 1000 > timeoutMilliseconds) throw new Error(`The execution was still ${String(execution?.status)} after ${Math.round(seconds)} s; see ${n8n.logFile}.`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	} finally {
		database.close();
	}
}

/** Linux counts the peak anew from here. */
function forgetPeak(pid: number): void {
	if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function memory(pid: number, line: 'VmHWM' | 'VmRSS'): number {
	if (process.platform !== 'linux') return 0;
	const match = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return match ? Number(match[1]) / 1024 : 0;
}
