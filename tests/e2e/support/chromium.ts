import { accessSync, constants, existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine; installed where that is allowed (root on Debian). `CHROMIUM_PATH` names another. */
export function findChromium(): string | undefined {
	const found = process.env.CHROMIUM_PATH ?? onPath();
	if (found || process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return found;
	console.warn('Chromium is not installed; installing it with apt-get.');
	spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
	return onPath();
}

function onPath(): string | undefined {
	const candidates = (process.env.PATH ?? '').split(':').flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return candidates.find((file) => {
		try {
			accessSync(file, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** Starts it without a window; it speaks to nobody by itself. */
export async function launchChromium(executablePath: string): Promise<Browser> {
	const { chromium } = await import('playwright-core');
	const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
	return await chromium.launch({ executablePath, args });
}
