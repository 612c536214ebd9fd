import type { Finding } from '../../../model/finding';

export type Severity = Finding['severity'];

/** Undefined: the text is no severity. */
export function severityOf(text: string): Severity | undefined {
	const name = text.trim().toLowerCase();
	return name === 'high' || name === 'medium' ? name : undefined;
}

/** What the text of an alert or of a comment says of the finding that it is about. */
export interface MarkedText {
	findingId: string | null;
	/** Only where one was written. */
	severity: Severity | null;
	/** The text without the mark. */
	text: string;
}

const OPENING = '[entra-sync ';
const MARK = /^\[entra-sync (\S+?)(?: (high|medium))?\]/;

/**
 * A text with the mark at its end by which the alert or ticket is known again, also where the ledger was lost. Syncro
 * documents no field that would take it and that every account has.
 */
export function withMark(text: string, findingId: string, severity?: Severity): string {
	const mark = `[entra-sync ${findingId}${severity === undefined ? '' : ` ${severity}`}]`;
	return text === '' ? mark : `${text}\n\n${mark}`;
}

export function readMark(marked: string): MarkedText {
	// The last one counts: a name within the text may be written like a mark. A client may have written the text, so it is searched in linear time.
	const start = marked.lastIndexOf(OPENING);
	const found = start < 0 ? null : MARK.exec(marked.slice(start));
	if (!found) return { findingId: null, severity: null, text: marked };
	return { findingId: found[1], severity: (found[2] as Severity | undefined) ?? null, text: marked.slice(0, start).trim() };
}
