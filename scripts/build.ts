import { buildPackage } from './package/build';
import { toConsole } from './progress';

buildPackage(toConsole).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
