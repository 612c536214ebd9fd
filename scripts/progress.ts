import { spawn } from 'node:child_process';

/** What a person sees while something takes long: its name at once, and how long it has been at it. */
export interface Progress {
	say(line: string): void;
}

export const toConsole: Progress = { say: (line) => console.log(line) };

/** Does the work under a title; says every ten seconds that it is still at it, and how long it took. */
export async function step<T>(title: string, progress: Progress, work: () => Promise<T>): Promise<T> {
	const began = Date.now();
	const seconds = (): string => ((Date.now() - began) / 1000).toFixed(1);
	progress.say(`${title} …`);
	const ticker = setInterval(() => progress.say(`  … ${title}: ${seconds()} s`), 10_000);
	try {
		const result = await work();
		progress.say(`  done in ${seconds()} s`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}

export interface ToolOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Shows what the tool prints while it runs; else it is kept for the error. */
	show?: boolean;
	/** Gives up, and ends the tool, after so long. */
	timeoutMilliseconds?: number;
}

/** Runs a program to its end. @returns what it printed on standard output. Throws with all it printed when it fails. */
export async function runTool(program: string, args: string[], options: ToolOptions): Promise<string> {
	const child = spawn(program, args, {
		cwd: options.cwd,
		env: options.env ?? process.env,
		stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
		// npm and its like are command files there.
		shell: process.platform === 'win32' && !/\.exe$/i.test(program),
		timeout: options.timeoutMilliseconds,
	});
	let output = '';
	let everything = '';
	child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
		everything += chunk;
	});
	child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (everything += chunk));
	const ended = await new Promise<string>((resolve) => {
		child.on('error', (error) => resolve(error.message));
		child.on('close', (code, signal) => resolve(code === 0 ? '' : signal ? `ended by ${signal}` : `exit code ${code}`));
	});
	if (ended !== '') throw new Error(`${program} ${args.join(' ')}\n${everything.trim().slice(-6000)}\n(${ended})`);
	return output;
}

/** npm, under this Node (24), so that what it compiles fits; the npm that started us, where one did. */
export function npmCommand(): { program: string; args: string[] } {
	const cli = process.env.npm_execpath;
	if (cli && /npm-cli\.c?js$/.test(cli)) return { program: process.execPath, args: [cli] };
	return { program: 'npm', args: [] };
}
