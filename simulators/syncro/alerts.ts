import type { SimulatedResponse } from '../base/server';
import { Answer, existing, outsideContract, page, refusedWithMessages } from './answers';
import { readBody } from './body';
import type { Call, Route } from './route';
import { EPOCH, type SyncroAlertSeed } from './seed';
import type { SyncroState } from './state';

/** An RMM alert. */
export interface SyncroAlert {
	id: number;
	customer_id: number;
	asset_id: number | null;
	properties: Record<string, unknown>;
	resolved: boolean;
	status: string | null;
	/** What Syncro's screen shows as Details. */
	formatted_output: string | null;
	/** What Syncro's screen shows as Type. */
	description: string | null;
	created_at: string;
	updated_at: string;
}

/** `formatted_output` is in no documented body, and was seen to be stored. */
const WRITABLE = {
	customer_id: 'integer', asset_id: 'integer', description: 'string', resolved: 'boolean', status: 'string', properties: 'object',
	formatted_output: 'string',
} as const;

const MUTE_FOR = ['1-hour', '1-day', '2-days', '1-week', '2-weeks', '1-month', 'forever'];

export const ALERT_ROUTES: Route[] = [
	{ method: 'GET', path: /^\/rmm_alerts$/, permission: 'RMM Alerts - List', parameters: ['status', 'page', 'per_page'], respond: listAlerts },
	{ method: 'POST', path: /^\/rmm_alerts$/, permission: 'RMM Alerts - Create', respond: createAlert },
	{ method: 'GET', path: /^\/rmm_alerts\/(\d+)$/, permission: 'RMM Alerts - List', respond: getAlert },
	{ method: 'DELETE', path: /^\/rmm_alerts\/(\d+)$/, permission: 'RMM Alerts - Delete', respond: deleteAlert },
	{ method: 'POST', path: /^\/rmm_alerts\/(\d+)\/mute$/, permission: 'RMM Alerts - Clear/Manage', parameters: ['mute_for'], respond: muteAlert },
];

/** `GET /rmm_alerts`, newest first: the active ones unless `status` says `resolved` or `all`. There is no filter by customer. */
function listAlerts({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const status = url.searchParams.get('status') ?? 'active';
	if (!['active', 'resolved', 'all'].includes(status)) throw outsideContract(`status ${status}`);
	const alerts = state.alerts
		.ordered()
		.reverse()
		.filter(({ resolved }) => status === 'all' || resolved === (status === 'resolved'))
		.map((alert) => shown(state, alert));
	return { status: 200, body: page('rmm_alerts', alerts, url, { perPage: quirks.alertsPerPage, meta: 'pagesOnly' }) };
}

function getAlert({ state, quirks, id }: Call): SimulatedResponse {
	return { status: 200, body: { rmm_alert: shown(state, existing(state.alerts, id, quirks)) } };
}

/** `POST /rmm_alerts`: status 201, and the alert under another name than GET's. */
function createAlert({ request, state, quirks }: Call): SimulatedResponse {
	const body = readBody(request, 'an alert', WRITABLE);
	if (body.customer_id === undefined || !state.customers.has(body.customer_id)) throw refusedWithMessages(["Customer can't be blank"], body);
	if (body.asset_id !== undefined && state.assets.get(body.asset_id)?.customer_id !== body.customer_id) {
		throw outsideContract(`asset ${body.asset_id} of customer ${body.customer_id}`);
	}
	const moment = state.moment();
	const alert: SyncroAlert = {
		id: state.alerts.nextId(),
		customer_id: body.customer_id,
		asset_id: body.asset_id ?? null,
		properties: body.properties ?? {},
		resolved: body.resolved ?? false,
		status: body.status ?? null,
		formatted_output: body.formatted_output ?? null,
		description: body.description ?? null,
		created_at: moment,
		updated_at: moment,
	};
	state.alerts.set(alert.id, alert);
	const created = { ...alert, account_id: 1, computer_name: computerName(state, alert), check_id: null, ticket_id: null };
	return { status: 201, body: { success: true, [quirks.alertOnPost]: created } };
}

/** `DELETE /rmm_alerts/{id}` resolves the alert, which stays readable; `success` is a text. */
function deleteAlert({ state, quirks, id }: Call): SimulatedResponse {
	const alert = existing(state.alerts, id, quirks);
	if (quirks.deletedAlerts === 'gone') state.alerts.delete(id);
	Object.assign(alert, { resolved: true, updated_at: state.moment() });
	return { status: 200, body: { success: 'true' } };
}

/** `POST /rmm_alerts/{id}/mute`: the specification puts `mute_for` in the query; in a body it was seen to work too. */
function muteAlert({ request, state, quirks, id }: Call): SimulatedResponse {
	existing(state.alerts, id, quirks);
	const inBody = request.body === '' ? undefined : readBody(request, 'muting', { mute_for: 'string' }).mute_for;
	const muteFor = request.url.searchParams.get('mute_for') ?? inBody ?? '';
	if (!MUTE_FOR.includes(muteFor)) throw new Answer({ status: 422, body: { errors: { mute_for: ['is not included in the list'] } } });
	state.mutedAlerts.set(id, muteFor);
	return { status: 200, body: { success: 'true' } };
}

function shown(state: SyncroState, alert: SyncroAlert): object {
	return { ...alert, ticket_number: null, ticket_status: null, computer_name: computerName(state, alert), check_id: null };
}

function computerName(state: SyncroState, { asset_id }: SyncroAlert): string | null {
	return (asset_id !== null && state.assets.get(asset_id)?.name) || null;
}

export function alertOf(seed: SyncroAlertSeed): SyncroAlert {
	const created = new Date(seed.created_at ?? EPOCH).toISOString();
	return {
		id: seed.id,
		customer_id: seed.customer_id,
		asset_id: seed.asset_id ?? null,
		properties: { ...seed.properties },
		resolved: seed.resolved ?? false,
		status: null,
		formatted_output: seed.formatted_output ?? null,
		description: seed.description,
		created_at: created,
		updated_at: created,
	};
}
