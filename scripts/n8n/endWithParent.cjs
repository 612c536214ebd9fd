/**
 * Loaded into n8n before n8n itself: ends n8n, and what it started, when the process that started it has ended,
 * however that ended. Their pipe closes then. Without it a killed test leaves an n8n behind for ever.
 */
const { isMainThread } = require('node:worker_threads');

// n8n's worker threads load this as well; the pipe is not theirs.
if (isMainThread) {
	process.stdin.on('close', () => {
		try {
			process.kill(-process.pid, 'SIGKILL');
		} catch {
			process.exit(1);
		}
	});
	process.stdin.on('error', () => undefined);
	process.stdin.resume();
	process.stdin.unref();
}
