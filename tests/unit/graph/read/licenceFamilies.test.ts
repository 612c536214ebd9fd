import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { BUSINESS_FAMILIES, checkedFamilies, familiesHeld } from '../../../../sync/source/graph/read/licenceFamilies';

const [BASIC, APPS, STANDARD, PREMIUM] = BUSINESS_FAMILIES;
const heldBy = familiesHeld(BUSINESS_FAMILIES);
const names = (skuIds: readonly string[]) => heldBy(skuIds).map((rank) => BUSINESS_FAMILIES[rank].name);

describe('the Business families', () => {
	it('are the four answers of the dropdown, lowest rank first', () => {
		expect(BUSINESS_FAMILIES.map(({ name }) => name)).toEqual(['Microsoft 365 Business Basic', 'Microsoft 365 Apps for Business', 'Microsoft 365 Business Standard', 'Microsoft 365 Business Premium']);
	});

	it('hold every SKU of Microsoft’s list that is one of these products, and nothing else', () => {
		const list = parse(readFileSync(join(__dirname, '../../../../sync/source/graph/data/microsoft-skus.csv'), 'utf8'), { bom: true, columns: true }) as Array<{ sku_id: string; sku_part_number: string; display_name: string }>;
		// By the name of today; by the short name where a list has an older name.
		const byName = (name: string) => /^(?:Microsoft|Office) 365 (?:Business (?:Basic|Standard|Premium|Essentials)|Apps for Business|Business)(?!\s+Voice)\b/i.exec(name.trim())?.[0];
		const candidates = list.filter(({ display_name: name, sku_part_number: part }) => byName(name) !== undefined || /^(?:O365|SMB)_BUSINESS(?:_ESSENTIALS|_PREMIUM)?$/.test(part.trim()) || part.trim() === 'SPB');
		expect(candidates.length).toBeGreaterThanOrEqual(15);
		const familyOf = (id: string) => names([id.toLowerCase()]);
		expect(candidates.map(({ sku_id: id, display_name: name }) => [name.trim(), familyOf(id)])).toEqual(
			candidates.map(({ display_name: name }) => [name.trim(), [BUSINESS_FAMILIES.find((family) => name.trim().toLowerCase().startsWith(family.name.toLowerCase()))!.name]]),
		);
		const inList = new Set(candidates.map(({ sku_id: id }) => id.toLowerCase()));
		expect(BUSINESS_FAMILIES.flatMap(({ skuIds }) => skuIds).filter((id) => !inList.has(id))).toEqual([]);
	});

	it('take O365_BUSINESS_PREMIUM for Business Standard, which it is', () => {
		expect(names(['f245ecc8-75af-4f8e-b61f-27d8114de5f3'])).toEqual([STANDARD.name]);
		expect(names(['cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46'])).toEqual([PREMIUM.name]);
	});

	it('are disjoint: no licence is two products', () => {
		const all = BUSINESS_FAMILIES.flatMap(({ skuIds }) => skuIds);
		expect(new Set(all).size).toBe(all.length);
	});
});

describe('the families that somebody holds', () => {
	const anySku = fc.constantFrom(...BUSINESS_FAMILIES.flatMap(({ skuIds }) => skuIds), '05e9a617-0261-4cee-bb44-138d3ef5d965');

	it('rise in rank, whatever the order of the licences, with each family once (law)', () => {
		fc.assert(
			fc.property(fc.array(anySku, { maxLength: 8 }), fc.nat(), (skuIds, turn) => {
				const held = heldBy(skuIds);
				const turned = skuIds.length === 0 ? skuIds : [...skuIds.slice(turn % skuIds.length), ...skuIds.slice(0, turn % skuIds.length)].reverse();
				expect(heldBy(turned)).toEqual(held);
				expect(held).toEqual([...new Set(held)].sort((a, b) => a - b));
				const highest = BUSINESS_FAMILIES.findLastIndex((family) => family.skuIds.some((id) => skuIds.includes(id)));
				expect(held.at(-1) ?? -1).toBe(highest);
			}),
		);
	});

	it('are the same with any variant of a licence (law)', () => {
		const family = fc.constantFrom(...BUSINESS_FAMILIES);
		fc.assert(
			fc.property(fc.array(anySku, { maxLength: 4 }), family, fc.nat(), fc.nat(), (others, { skuIds }, one, other) => {
				expect(heldBy([...others, skuIds[one % skuIds.length]])).toEqual(heldBy([...others, skuIds[other % skuIds.length]]));
			}),
		);
	});

	it('are told with licences that belong to several families', () => {
		const any = { name: 'Any Business', skuIds: [...BASIC.skuIds, ...APPS.skuIds] };
		expect(familiesHeld([BASIC, any])([BASIC.skuIds[2]])).toEqual([0, 1]);
	});
});

describe('families as a builder lists them', () => {
	const E3 = '05E9A617-0261-4cee-bb44-138d3ef5d965';

	it('take any text for a name and ids in any case', () => {
		expect(checkedFamilies([{ name: ' ★ E3 + Telefonie ', skuIds: [` ${E3} `, E3.toLowerCase()] }])).toEqual([{ name: '★ E3 + Telefonie', skuIds: [E3.toLowerCase()] }]);
	});

	it.each([
		['No licence family is listed.', []],
		['Licence family 2 has no name.', [PREMIUM, { name: ' ', skuIds: [E3] }]],
		['The licence family "microsoft 365  business PREMIUM" is listed twice.', [PREMIUM, { name: 'microsoft 365  business PREMIUM', skuIds: [E3] }]],
		['The licence family "E3" has no subscription.', [{ name: 'E3', skuIds: [] }]],
		['"spe_e3" of the licence family "E3" is not a subscription (SKU) ID.', [{ name: 'E3', skuIds: ['SPE_E3'] }]],
	])('are refused: %s', (message, listed) => {
		expect(() => checkedFamilies(listed)).toThrow(message);
	});
});
