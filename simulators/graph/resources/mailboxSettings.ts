import type { MailboxKind } from '../../world/userServices';
import { mailboxReader } from '../../world/workloads';
import type { GraphCall, GraphResource } from '../graphCall';
import { invalidQuery, mailboxMissing, mailboxPermissionMissing, notFound } from '../graphFailure';
import { contextOf } from './users';

const common = {
	permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
	refusal: mailboxPermissionMissing,
	quotas: ['mailboxSettings'],
} as const;

/** Exchange's own answer; the directory does not know these. */
export const mailboxSettings: GraphResource = {
	...common,
	path: 'users/{id}/mailboxSettings',
	options: ['$select'],
	answer: (call) => {
		const { id, kind } = mailboxOf(call);
		const select = call.query.names('$select');
		const whole = { ...SETTINGS, userPurpose: kind };
		const unknown = select?.find((name) => !(name in whole));
		if (unknown !== undefined) {
			throw invalidQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.mailboxSettings'.`);
		}
		const shown = Object.fromEntries(Object.entries(whole).filter(([name]) => select?.includes(name) ?? true));
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#users('${id}')/mailboxSettings${contextOf(select)}`, ...shown } };
	},
};

/** One of the settings alone: what the mailbox is for. */
export const mailboxPurpose: GraphResource = {
	...common,
	path: 'users/{id}/mailboxSettings/userPurpose',
	options: [],
	answer: (call) => {
		const { id, kind } = mailboxOf(call);
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#users('${id}')/mailboxSettings/userPurpose`, value: kind } };
	},
};

function mailboxOf(call: GraphCall): { id: string; kind: MailboxKind } {
	const user = call.tenant.findUser(call.parameters.id);
	if (!user) throw notFound(call.parameters.id);
	const kind = mailboxReader(call.tenant)(user);
	if (!kind) throw mailboxMissing();
	return { id: user.id, kind };
}

/** The settings of somebody who never touched them. */
const SETTINGS = {
	archiveFolder: null,
	timeZone: 'Pacific Standard Time',
	delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
	dateFormat: 'M/d/yyyy',
	timeFormat: 'h:mm tt',
	automaticRepliesSetting: {
		status: 'disabled',
		externalAudience: 'all',
		internalReplyMessage: '',
		externalReplyMessage: '',
		scheduledStartDateTime: { dateTime: '2026-11-22T08:00:00.0000000', timeZone: 'UTC' },
		scheduledEndDateTime: { dateTime: '2026-11-23T08:00:00.0000000', timeZone: 'UTC' },
	},
	language: { locale: 'en-US', displayName: 'English (United States)' },
	workingHours: {
		daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
		startTime: '08:00:00.0000000',
		endTime: '17:00:00.0000000',
		timeZone: { name: 'Pacific Standard Time' },
	},
};
