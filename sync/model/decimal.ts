/** Decimal numbers as texts, so that nothing is lost where money is made of them: quantities may have decimals. */

const DECIMAL = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/;

/** A number in the one form in which equal numbers are equal texts: "5.0" is "5". @returns undefined for anything that is no decimal number */
export function normalDecimal(text: string): string | undefined {
	const [, sign, whole, fraction = ''] = DECIMAL.exec(text.trim()) ?? [];
	if (whole === undefined) return undefined;
	const digits = fraction === '' ? whole : `${whole}.${fraction}`;
	return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** Both are normal decimals. @returns their sum, a normal decimal */
export function sumOf(a: string, b: string): string {
	const places = Math.max(placesOf(a), placesOf(b));
	return decimalOf(unitsOf(a, places) + unitsOf(b, places), places);
}

/** Both are normal decimals. @returns what `a` has more than `b`, a normal decimal; negative where it has less */
export function differenceOf(a: string, b: string): string {
	const places = Math.max(placesOf(a), placesOf(b));
	return decimalOf(unitsOf(a, places) - unitsOf(b, places), places);
}

/**
 * So many times an amount, and of that a share.
 *
 * @param cents whole hundredths of a currency
 * @param quantity a normal decimal
 * @returns cents × quantity × numerator ÷ denominator in whole hundredths, halves away from zero
 */
export function timesCents(cents: number, quantity: string, numerator = 1, denominator = 1): number {
	const places = placesOf(quantity);
	const over = BigInt(cents) * unitsOf(quantity, places) * BigInt(numerator);
	const under = 10n ** BigInt(places) * BigInt(denominator);
	const size = ((over < 0n ? -over : over) * 2n + under) / (under * 2n);
	return Number(over < 0n ? -size : size);
}

function placesOf(decimal: string): number {
	const point = decimal.indexOf('.');
	return point < 0 ? 0 : decimal.length - point - 1;
}

/** The number in units of its last place. */
function unitsOf(decimal: string, places: number): bigint {
	return BigInt(decimal.replace('.', '') + '0'.repeat(places - placesOf(decimal)));
}

function decimalOf(units: bigint, places: number): string {
	const sign = units < 0n ? '-' : '';
	const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
	return normalDecimal(places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`)!;
}
