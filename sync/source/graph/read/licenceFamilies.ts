import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';

/** Subscriptions that a bill counts as one product. In a list of families the rank rises from the first to the last. */
export interface LicenceFamily {
	/** As the target is to show it, for example the answer of a dropdown. */
	name: string;
	/** SKU GUIDs, lower case. */
	skuIds: readonly string[];
}

/**
 * The four Business products, lowest first, with their variants: without Teams, for the EEA, donated, and sold under
 * older names. By GUID alone: the short name O365_BUSINESS_PREMIUM is Business Standard.
 * https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference; a test looks for new variants in
 * the list of SKUs beside this package's data.
 */
export const BUSINESS_FAMILIES: readonly LicenceFamily[] = [
	{
		name: 'Microsoft 365 Business Basic',
		skuIds: [
			'3b555118-da6a-4418-894f-7df1e2096870', // O365_BUSINESS_ESSENTIALS
			'dab7782a-93b1-4074-8bb1-0e61318bea0b', // SMB_BUSINESS_ESSENTIALS
			'21502a13-c8dc-4744-be9c-177fd9d2eafc', // no Teams
			'b1f3042b-a390-4b56-ab61-b88e7e767a97', // EEA, no Teams
		],
	},
	{
		name: 'Microsoft 365 Apps for Business',
		skuIds: [
			'cdd28e44-67e3-425e-be4c-737fab2899d3', // O365_BUSINESS
			'b214fe43-f5a3-4703-beeb-fa97188220fc', // SMB_BUSINESS
		],
	},
	{
		name: 'Microsoft 365 Business Standard',
		skuIds: [
			'f245ecc8-75af-4f8e-b61f-27d8114de5f3', // O365_BUSINESS_PREMIUM
			'ac5cef5d-921b-4f97-9ef3-c99076e5470f', // SMB_BUSINESS_PREMIUM, prepaid legacy
			'5a1c7b8d-0739-4ca8-bf69-ec87e69133ac', // no Teams
			'c1f79c29-5d7a-4bec-a2c1-1a76774864c0', // EEA, no Teams
			'ffa3a2a0-3820-462a-aa81-8a4d741f0cba', // EEA, no Teams
		],
	},
	{
		name: 'Microsoft 365 Business Premium',
		skuIds: [
			'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46', // SPB
			'00e1ec7b-e4a3-40d1-9441-b69b597ab222', // no Teams
			'a3f586b6-8cce-4d9b-99d6-55238397f77a', // EEA, no Teams
			'24c35284-d768-4e53-84d9-b7ae73dddf69', // donation
		],
	},
];

/**
 * Families as a person lists them, made ready.
 *
 * @throws SyncError (input) for no family, one without a name or a licence, a name that stands there twice (upper and
 *   lower case and spaces are alike), and for an id that is no GUID
 */
export function checkedFamilies(listed: readonly LicenceFamily[]): LicenceFamily[] {
	if (listed.length === 0) throw wrong('No licence family is listed.', 'List at least one family, lowest rank first.');
	const seen = new Set<string>();
	return listed.map(({ name: written, skuIds: ids }, index) => {
		const name = written.trim();
		if (name === '') throw wrong(`Licence family ${index + 1} has no name.`, 'Give it the name that the target is to show.');
		if (seen.has(familyKey(name))) throw wrong(`The licence family "${name}" is listed twice.`, 'Put its subscriptions into one family, or give the other one another name.');
		seen.add(familyKey(name));
		const skuIds = [...new Set(ids.map((id) => id.trim().toLowerCase()))];
		if (skuIds.length === 0) throw wrong(`The licence family "${name}" has no subscription.`, 'Choose the subscriptions that count to it, or take the family out of the list.');
		const malformed = skuIds.find((id) => !isGuid(id));
		if (malformed !== undefined) throw wrong(`"${malformed}" of the licence family "${name}" is not a subscription (SKU) ID.`, 'Choose it from the list, or give its GUID.');
		return { name, skuIds };
	});
}

/** A name as a part of an id: the same for spellings that a person would take for one family. */
export function familyKey(name: string): string {
	return name.trim().toLowerCase().replace(/\s+/g, '-');
}

/** Tells which families somebody holds by the licences held, in any order. @returns their places in the list, lowest rank first */
export function familiesHeld(families: readonly LicenceFamily[]): (skuIds: Iterable<string>) => number[] {
	const bySku = new Map<string, number[]>();
	families.forEach(({ skuIds }, rank) => {
		for (const skuId of skuIds) bySku.set(skuId, [...(bySku.get(skuId) ?? []), rank]);
	});
	return (skuIds) => {
		const held = new Set<number>();
		for (const skuId of skuIds) for (const rank of bySku.get(skuId) ?? []) held.add(rank);
		return [...held].sort((a, b) => a - b);
	};
}

function wrong(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: 'graph.licenceFamily', remedy });
}
