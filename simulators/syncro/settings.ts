import type { SimulatedResponse } from '../base/server';
import type { Call, Route } from './route';
import { EPOCH, type SyncroFieldSeed } from './seed';

export const SETTINGS_ROUTES: Route[] = [{ method: 'GET', path: /^\/settings$/, respond: getSettings }];

/**
 * `GET /settings`: the custom fields of customers, and the asset types with theirs; of contacts it says nothing. The
 * specification shows its lists empty: their entries are written as it writes the fields of tickets.
 */
function getSettings({ state }: Call): SimulatedResponse {
	const typeFields = state.assetTypes.flatMap(({ id, fields = [] }) => fields.map((field) => ({ field, of: { asset_type_id: id } })));
	return {
		status: 200,
		body: {
			customers: {
				required_fields: null,
				customer_fields: state.customerFields.map((field) => fieldEntry(field, {})),
				customer_field_answers: state.customerFields.flatMap((field) => answerEntries(field, 'customer_field_id')),
			},
			assets: {
				asset_types: state.assetTypes.map(({ id, name }) => ({ id, name, account_id: 1, created_at: EPOCH, updated_at: EPOCH, disabled: false })),
				asset_type_fields: typeFields.map(({ field, of }) => fieldEntry(field, of)),
				asset_type_field_answers: typeFields.flatMap(({ field }) => answerEntries(field, 'asset_type_field_id')),
			},
			locale: { iso_code: 'en', currency_symbol: '$', date_format: 'mm-dd-yy', time_format: 'hh:mm tt', time_zone: 'America/Los_Angeles', time_offset: '-08:00' },
			ticket: {
				ticket_types: [],
				ticket_type_fields: [],
				ticket_type_field_answers: [],
				problem_types: ['Virus', 'TuneUp', 'Hardware', 'Software', 'Other'],
				priorities: ['', '0 Urgent', '1 High', '2 Normal', '3 Low'],
			},
			business_hours_enabled: false,
			business_hours: [],
			default_holiday_calendar: 'USA',
			msp_addon: null,
		},
	};
}

function fieldEntry({ id, name, answers }: SyncroFieldSeed, of: object): object {
	return {
		id,
		name,
		field_type: answers ? 'select_box' : 'text_field',
		required: null,
		account_id: 1,
		created_at: EPOCH,
		updated_at: EPOCH,
		...of,
		hidden: false,
		position: null,
	};
}

function answerEntries({ id, answers = [] }: SyncroFieldSeed, key: string): object[] {
	return answers.map((answer) => ({ id: answer.id, [key]: id, content: answer.content, created_at: EPOCH, updated_at: EPOCH, account_id: null }));
}
