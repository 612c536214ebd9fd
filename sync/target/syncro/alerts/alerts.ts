import type { Call } from '../../../http/call';
import type { FieldValue, TargetRecord } from '../../../model/targetRecord';
import type { SyncroClient } from '../client';
import { malformed } from '../errors';
import { closedMeanwhile, wrapped, written } from '../findings/answers';
import { readMark } from '../findings/mark';
import { idNumber, isId } from '../ids';
import { listPages } from '../paging';
import { CREATE_ALERT, DELETE_ALERT, LIST_ALERTS } from '../permissions';
import { syncroAlerts } from './definition';

/** An RMM alert of Syncro; see `alertRecord`. */
export interface SyncroAlert extends TargetRecord {
	/** The finding that it was raised for; null: it is somebody else's. */
	findingId: string | null;
	resolved: boolean;
	/** What Syncro's screen shows as Type and as Details. */
	type: FieldValue;
	details: FieldValue;
	createdAt?: string;
}

/** What is sent of an alert: Syncro's own keys. `formatted_output`, the Details on screen, is in no documented body and was seen to be stored (contract A7). */
export interface AlertBody {
	description: string;
	formatted_output: string;
}

/**
 * The open alerts of a customer. Syncro has no filter by customer, so those of the whole account are read. Whatever moves
 * from page to page while they are read comes once.
 */
export async function openAlerts(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroAlert[]> {
	const doing = `read the open alerts of customer ${customerId}`;
	const wanted = idNumber(customerId, 'customer');
	const alerts = new Map<string, SyncroAlert>();
	const list = { path: '/rmm_alerts', rows: 'rmm_alerts', query: { status: 'active' }, doing, permission: LIST_ALERTS };
	for await (const { rows } of listPages(client, list, call)) {
		for (const row of rows) {
			if (!('customer_id' in row)) throw malformed({ account: client.account, doing }, 'the list does not say which customers its alerts belong to');
			if (Number(row.customer_id) !== wanted) continue;
			const alert = alertRecord(client.account, row, doing);
			if (!alert.resolved) alerts.set(alert.id, alert);
		}
	}
	return [...alerts.values()];
}

/** An open alert. @throws SyncError class `notFound` also for one that is resolved */
export async function getOpenAlert(client: SyncroClient, id: string, call: Call, doing: string): Promise<SyncroAlert> {
	const answer = await client.request({ ...call, method: 'GET', path: `/rmm_alerts/${idNumber(id, 'alert')}`, doing, permission: LIST_ALERTS });
	const alert = alertRecord(client.account, wrapped(client, answer, ['rmm_alert', 'alert'], doing), doing);
	if (alert.id !== id) throw malformed({ account: client.account, doing }, `Syncro answered with the alert ${alert.id} instead of ${id}`);
	if (alert.resolved) throw closedMeanwhile(client, doing, 'resolved');
	return alert;
}

/** Raises an alert. @returns the alert as Syncro stored it */
export async function raiseAlert(client: SyncroClient, customerId: string, body: AlertBody, call: Call, doing: string): Promise<SyncroAlert> {
	const answer = await client.request({
		...call,
		method: 'POST',
		path: '/rmm_alerts',
		body: { customer_id: idNumber(customerId, 'customer'), ...body },
		doing,
		permission: CREATE_ALERT,
	});
	const read = () => alertRecord(client.account, wrapped(client, answer, ['alert', 'rmm_alert'], doing), doing);
	return written(client, doing, read, (alert) => alert.customerId === customerId);
}

/** Resolves an alert: Syncro takes DELETE for that, and keeps the alert. It says `"true"` where others say true. */
export async function resolveAlert(client: SyncroClient, id: string, call: Call, doing: string): Promise<void> {
	const answer = await client.request({ ...call, method: 'DELETE', path: `/rmm_alerts/${idNumber(id, 'alert')}`, doing, permission: DELETE_ALERT });
	if (String(answer.success) === 'false') throw malformed({ account: client.account, doing }, 'Syncro answers that it did not succeed and does not say why');
}

/** A row of Syncro as a target record. */
function alertRecord(account: string, row: Record<string, unknown>, doing: string): SyncroAlert {
	const { id, customer_id: customerId, description, formatted_output: output } = row;
	if (!isId(id)) throw malformed({ account, doing }, 'the answer holds an alert without an id');
	if (!isId(customerId)) throw malformed({ account, doing }, `the alert ${String(id)} does not say which customer it belongs to`);
	const type = typeof description === 'string' ? description : null;
	const { findingId, text } = readMark(typeof output === 'string' ? output : '');
	const details = text === '' ? null : text;
	return {
		kind: 'alert',
		target: syncroAlerts.name,
		account,
		customerId: String(customerId),
		id: String(id),
		name: details?.split('\n', 1)[0] ?? type,
		findingId,
		resolved: row.resolved === true,
		type,
		details,
		...(typeof row.created_at === 'string' ? { createdAt: row.created_at } : {}),
	};
}
