/**
 * Amounts are counted in hundredths of a currency, as whole numbers: sums are exact, and their order does not matter.
 * Outside they are numbers with at most two decimals.
 */

/** @param amount of a currency, for example 18.4 @returns 1840, rounded to the nearest hundredth */
export function centsOf(amount: number): number {
	return Math.round(amount * 100);
}

/** @param cents whole hundredths @returns for example 18.4 for 1840 */
export function amountOf(cents: number): number {
	return cents / 100;
}

/** For people: `1,840.50 EUR`. */
export function moneyText(amount: number, currency: string): string {
	return `${amountText(amount)} ${currency}`;
}

/** An amount whose currency nobody said: 1,840.50. */
export function amountText(amount: number): string {
	return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
