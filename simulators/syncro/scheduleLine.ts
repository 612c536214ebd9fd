import type { SyncroQuirks } from './quirks';
import type { SyncroSchedule } from './schedules';
import type { SyncroScheduleLineSeed } from './seed';
import type { SyncroState } from './state';

/** One line of a recurring invoice, as the account keeps it. */
export interface SyncroScheduleLine {
	id: number;
	schedule_id: number;
	product_id: number | null;
	name: string;
	description: string | null;
	/** Of a line that counts by itself: 0, whatever anybody sends. */
	quantity: number;
	cost_cents: number;
	retail_cents: number;
	taxable: boolean;
	position: number;
	one_time_charge: boolean;
	user_id: number | null;
	asset_type_id: number | null;
	recurring_type_id: number | null;
	contact_field_type_id: number | null;
	contact_field_answer_id: number | null;
}

/** Whether the line takes its quantity from a count. */
export function isCounter(quirks: SyncroQuirks, { recurring_type_id }: Pick<SyncroScheduleLine, 'recurring_type_id'>): boolean {
	return recurring_type_id === quirks.counters.contacts || recurring_type_id === quirks.counters.assets;
}

/** What the answers show as the quantity of a line, and what its price is multiplied with. */
export function quantityOf(state: SyncroState, quirks: SyncroQuirks, schedule: SyncroSchedule, line: SyncroScheduleLine): number {
	if (!isCounter(quirks, line)) return line.quantity;
	return quirks.counterQuantity === 'zero' ? 0 : countedIds(state, quirks, schedule, line).length;
}

/** The customer's contacts that have the line's answer in its field (any answer where it names none), or the assets of its type. */
function countedIds(state: SyncroState, quirks: SyncroQuirks, { customer_id }: SyncroSchedule, line: SyncroScheduleLine): number[] {
	if (line.recurring_type_id === quirks.counters.assets) {
		const type = state.assetTypes.find(({ id }) => id === line.asset_type_id)?.name;
		return state.assets.ordered().filter((asset) => asset.customer_id === customer_id && asset.asset_type === type).map(({ id }) => id);
	}
	const field = state.contactFields.find(({ id }) => id === line.contact_field_type_id);
	if (!field) return [];
	const wanted = field.answers?.find(({ id }) => id === line.contact_field_answer_id)?.content;
	const counts = (value: unknown) => (wanted === undefined ? value !== undefined && value !== null && value !== '' : value === wanted);
	return state.contactsOf(customer_id).filter(({ properties }) => counts(properties[field.name])).map(({ id }) => id);
}

/** A line as Syncro answers with it: its quantity is a text with a decimal point, its prices are cents and money. */
export function shownLine(state: SyncroState, quirks: SyncroQuirks, schedule: SyncroSchedule, line: SyncroScheduleLine): object {
	const { contact_field_type_id, contact_field_answer_id, ...rest } = line;
	const quantity = quantityOf(state, quirks, schedule, line);
	return {
		...rest,
		quantity: Number.isInteger(quantity) ? quantity.toFixed(1) : String(quantity),
		price_cost: line.cost_cents / 100,
		price_retail: line.retail_cents / 100,
		product_category: null,
		device_ids: line.recurring_type_id === quirks.counters.assets ? countedIds(state, quirks, schedule, line) : [],
		...(quirks.counterFields === 'shown' ? { contact_field_type_id, contact_field_answer_id } : {}),
	};
}

export function lineOf(seed: SyncroScheduleLineSeed & { schedule_id: number; position: number }): SyncroScheduleLine {
	return {
		id: seed.id,
		schedule_id: seed.schedule_id,
		product_id: null,
		name: seed.name,
		description: seed.description ?? null,
		quantity: seed.quantity ?? 0,
		cost_cents: seed.cost_cents ?? 0,
		retail_cents: seed.retail_cents ?? 0,
		taxable: false,
		position: seed.position,
		one_time_charge: false,
		user_id: null,
		asset_type_id: seed.asset_type_id ?? null,
		recurring_type_id: seed.recurring_type_id ?? null,
		contact_field_type_id: seed.contact_field_type_id ?? null,
		contact_field_answer_id: seed.contact_field_answer_id ?? null,
	};
}
