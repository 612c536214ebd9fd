import { SyncError } from '../../../model/syncError';
import type { GraphClient } from './client';
import type { GraphRequest } from './exchange';
import type { PageEvent } from './paging';

/** A row by the names in the first line, everything as text. */
export type CsvRow = Record<string, string>;

const ROWS_PER_PAGE = 1_000;
/** So often a download that breaks off is begun anew. */
const ATTEMPTS = 4;

/**
 * A report's rows, as they arrive. A download that breaks off begins anew with a new link: after a `restart` event every
 * row comes again.
 *
 * @param expected names that the first line has to have: a page of some proxy is no report without rows
 * @throws SyncError when the report is refused, or stays broken; never a list cut short
 */
export async function* csvPages(client: GraphClient, request: Omit<GraphRequest, 'expects'>, expected: readonly string[] = []): AsyncGenerator<PageEvent<CsvRow>, void> {
	for (let attempt = 1; ; attempt++) {
		let begun = false;
		try {
			for await (const rows of rowsOf(client, { ...request, expects: 'anything' }, expected)) {
				begun = true;
				yield { kind: 'page', items: rows };
			}
			return;
		} catch (error) {
			client.signal?.throwIfAborted();
			const told = error instanceof SyncError ? error : broken(client, request, error);
			if (attempt >= ATTEMPTS || !told.code.startsWith('graph.download.')) throw told;
			await client.pause(attempt, told);
		}
		if (begun) yield { kind: 'restart' };
	}
}

async function* rowsOf(client: GraphClient, request: GraphRequest, expected: readonly string[]): AsyncGenerator<CsvRow[], void> {
	const [{ parse }, { Readable }] = await Promise.all([import('csv-parse'), import('node:stream')]);
	const { body } = await client.download(request);
	const source = Readable.fromWeb(body as never);
	// Rows are known by the names in the header: Microsoft adds columns now and then. The file begins with a BOM.
	let begun = false;
	const columns = (names: string[]): string[] => {
		begun = true;
		const missing = expected.filter((name) => !names.includes(name));
		if (missing.length > 0) throw new Error(`The first line lacks ${missing.join(', ')}.`);
		return names;
	};
	const parser = parse({ bom: true, columns, skip_empty_lines: true });
	source.on('error', (error) => parser.destroy(error));
	source.pipe(parser);
	let rows: CsvRow[] = [];
	try {
		for await (const row of parser as AsyncIterable<CsvRow>) {
			rows.push(row);
			if (rows.length < ROWS_PER_PAGE) continue;
			yield rows;
			rows = [];
		}
	} finally {
		source.destroy();
	}
	if (!begun) throw new Error('The download is empty.');
	if (rows.length > 0) yield rows;
}

function broken(client: GraphClient, { reading }: Pick<GraphRequest, 'reading'>, cause: unknown): SyncError {
	return new SyncError(`Could not read ${reading.what} of tenant ${client.tenant}: the download broke off, or is no table.`, {
		class: 'unavailable',
		code: 'graph.download.broken',
		remedy: 'Nothing was lost: run again later.',
		tenantId: client.tenant,
		cause,
	});
}
