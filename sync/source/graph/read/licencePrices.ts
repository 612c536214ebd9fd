import type { HeldLicence } from '../../../model/licence';
import { centsOf } from '../../../model/money';
import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';
import { knownLicences } from './licenceNames';

/** A price as a builder gives it; expressions can give anything, so nothing is taken for granted. */
export interface GivenPrice {
	/** GUID of the SKU, or its short name in any case. */
	licence: unknown;
	/** Of one licence for one month. 0 is a price. */
	pricePerMonth: unknown;
}

export interface LicencePrices {
	/** Three letters, for example EUR. */
	currency: string;
	/** Hundredths of the currency for one licence and month; undefined: no price was given. */
	centsOf(licence: Pick<HeldLicence, 'skuId' | 'skuPartNumber'>): number | undefined;
}

interface Price {
	licence: string;
	cents: number;
}

/**
 * What licences cost, in one currency. A short name stands for every SKU that Microsoft publishes under it (one has two
 * GUIDs), and for SKUs that only the tenant knows.
 *
 * @returns undefined without any price
 * @throws SyncError (input) for a price that is no amount, names no licence, or names one that has a price already
 */
export async function licencePrices(given: readonly GivenPrice[], currency: unknown): Promise<LicencePrices | undefined> {
	if (given.length === 0) return undefined;
	const known = await knownLicences();
	const bySku = new Map<string, Price>();
	const byPartNumber = new Map<string, Price>();
	const note = (prices: Map<string, Price>, key: string, price: Price) => {
		if (prices.has(key)) throw twice(prices.get(key)!, price);
		prices.set(key, price);
	};
	for (const each of given) {
		const price = priceOf(each);
		const key = price.licence.toLowerCase();
		if (isGuid(key)) {
			note(bySku, key, price);
			continue;
		}
		note(byPartNumber, key, price);
		for (const { skuId, skuPartNumber } of known) if (skuPartNumber.toLowerCase() === key) note(bySku, skuId, price);
	}
	return {
		currency: currencyOf(currency),
		centsOf({ skuId, skuPartNumber }) {
			const own = bySku.get(skuId);
			const named = byPartNumber.get(skuPartNumber?.toLowerCase() ?? '');
			// Only the tenant knows that both are the same licence.
			if (own && named && own !== named) throw twice(own, named);
			return (own ?? named)?.cents;
		},
	};
}

function priceOf({ licence, pricePerMonth }: GivenPrice): Price {
	const name = typeof licence === 'string' ? licence.trim() : '';
	if (name === '') throw wrong('A price names no licence.', 'priceLicence', 'Choose the licence of every price from the list, or give its SKU ID or part number; or remove the price.');
	const amount = typeof pricePerMonth === 'string' && pricePerMonth.trim() !== '' ? Number(pricePerMonth) : pricePerMonth;
	if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0 || !Number.isSafeInteger(centsOf(amount))) {
		throw wrong(`The price of ${name} is "${String(pricePerMonth)}", which is no amount from 0 upwards.`, 'price', 'Give the price of one licence for one month as a number, for example 18.40.');
	}
	return { licence: name, cents: centsOf(amount) };
}

function currencyOf(given: unknown): string {
	const currency = String(given ?? '').trim().toUpperCase();
	if (/^[A-Z]{3}$/.test(currency)) return currency;
	throw wrong(`"${String(given ?? '')}" is no currency.`, 'currency', 'Give the currency of the prices by its three letters, for example EUR.');
}

function twice(one: Price, other: Price): SyncError {
	const names = one.licence.toLowerCase() === other.licence.toLowerCase() ? one.licence : `${one.licence} (which is ${other.licence})`;
	return wrong(`The licence ${names} has two prices.`, 'priceTwice', 'Leave one of the two.');
}

function wrong(message: string, code: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: `graph.${code}`, remedy });
}
