/**
 * The forms in which values are compared when people are matched with records. Each gives '' for a value
 * that identifies nobody.
 */

const NON_ASCII = /[^\x00-\x7f]/;

/** E-mail addresses differ in neither case nor Unicode form; nothing else about them is ignored. */
export function emailKey(value: unknown): string {
	return textKey(value);
}

/** Text without case, outer white space and Unicode composition. */
export function textKey(value: unknown): string {
	if (typeof value !== 'string') return typeof value === 'number' ? String(value) : '';
	const text = value.trim().toLowerCase();
	// Nearly all addresses are ASCII, for which normalising would be work for nothing.
	return NON_ASCII.test(text) ? text.normalize('NFC') : text;
}

/** A person's name without case, diacritics, apostrophes and repeated or special white space. */
export function nameKey(value: unknown): string {
	if (typeof value !== 'string') return '';
	return value
		.normalize('NFKD')
		.replace(/\p{M}+/gu, '')
		.replace(/[’'`´]/g, '')
		.toLowerCase()
		.replace(/[\s ]+/g, ' ')
		.trim();
}

/** Fewer digits than this are an extension, not a number that tells who somebody is. */
const SHORTEST_PHONE = 7;
/** National numbers agree in their last ten digits whether or not the country code was typed. */
const COMPARED_DIGITS = 10;

export function phoneKey(value: unknown): string {
	if (typeof value !== 'string') return '';
	const digits = value.replace(/\D+/g, '');
	return digits.length < SHORTEST_PHONE ? '' : digits.slice(-COMPARED_DIGITS);
}
