import { invalidQuery, optionRepeated, optionUnknown, pageSizeInvalid, pageSizeUnsupported, skipUnsupported } from '../graphFailure';

/** The query of a request: each option once, and the text as it was sent, for the next link. */
export class QueryOptions {
	private readonly values = new Map<string, string>();
	private readonly pieces: string[] = [];

	/** @param search the query with or without its question mark, still percent-encoded */
	constructor(search: string) {
		for (const piece of search.replace(/^\?/, '').split('&')) {
			if (piece === '') continue;
			const at = piece.indexOf('=');
			const name = decode(at < 0 ? piece : piece.slice(0, at));
			if (this.values.has(name)) throw optionRepeated(name);
			this.values.set(name, decode(at < 0 ? '' : piece.slice(at + 1)));
			if (name !== '$skiptoken') this.pieces.push(piece);
		}
	}

	get(name: string): string | undefined {
		return this.values.get(name);
	}

	/** Throws Graph's 400 for an option that this resource does not take. */
	allowOnly(names: readonly string[]): void {
		for (const name of this.values.keys()) {
			if (names.includes(name)) continue;
			if (name === '$skip') throw skipUnsupported();
			if (name === '$top') throw pageSizeUnsupported();
			throw optionUnknown(name);
		}
	}

	/** The options but for the page token, in one order: two requests for pages of one list are equal in this. */
	get fingerprint(): string {
		return JSON.stringify([...this.values].filter(([name]) => name !== '$skiptoken').sort());
	}

	/** The query of the next page, as this one was written. */
	nextQuery(pageToken: string): string {
		return `?${[...this.pieces, `$skiptoken=${encodeURIComponent(pageToken)}`].join('&')}`;
	}

	/** `$top`, from 1 to 999, or to what another service takes. */
	pageSize(most = 999): number | undefined {
		const value = this.values.get('$top');
		if (value === undefined) return undefined;
		if (!/^-?\d+$/.test(value)) {
			throw invalidQuery(`Invalid value '${value}' for $top query option found. The $top query option requires a non-negative integer value.`);
		}
		const size = Number(value);
		if (size < 1 || size > most) throw pageSizeInvalid(value);
		return size;
	}

	/** `$count=true`. */
	wantsCount(): boolean {
		const value = this.values.get('$count');
		if (value === undefined || value === 'false') return false;
		if (value !== 'true') throw invalidQuery(`Invalid value '${value}' for $count query option found. Valid values are 'true' or 'false'.`);
		return true;
	}

	names(option: '$select'): string[] | undefined {
		const value = this.values.get(option);
		return value === undefined ? undefined : splitNames(value);
	}
}

export function splitNames(list: string): string[] {
	const names = list.split(',').map((name) => name.trim());
	if (names.includes('')) throw invalidQuery(`Parsing OData Select and Expand failed: Term '${list}' is not valid in a $select or $expand expression.`);
	return [...new Set(names)];
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		throw invalidQuery(`The query specified in the URI is not valid: '${text}' is not percent-encoded.`);
	}
}
