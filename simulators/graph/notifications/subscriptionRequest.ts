import { notSimulated } from '../graphFailure';
import { expirationTooFar, requestInvalid } from './failures';
import { isLoopback } from './loopbackPost';
import type { NotificationSettings } from './settings';
import type { ChangeType } from './subscription';

const MINUTE = 60_000;
/** Longest life of a subscription to directory objects: just under 29 days (contract B12). */
export const LONGEST_LIFE_MINUTES = 41_760;
/** A shorter life becomes this one (Microsoft Graph documentation, subscription resource, expirationDateTime). */
const SHORTEST_LIFE_MINUTES = 45;
const LONGEST_CLIENT_STATE = 128;
const LONGEST_URL = 2048;

const CHANGE_TYPES: readonly string[] = ['created', 'updated', 'deleted'] satisfies ChangeType[];
const TLS_VERSIONS: readonly string[] = ['v1_0', 'v1_1', 'v1_2', 'v1_3'];

export interface CreateRequest {
	resource: string;
	changeType: string;
	changeTypes: readonly ChangeType[];
	notificationUrl: string;
	lifecycleNotificationUrl: string | null;
	clientState: string | null;
	latestSupportedTlsVersion: string;
	expires: number;
}

/** Reads the body of a POST to `/subscriptions`. Throws GraphFailure for anything that the service would not take. */
export function readCreateRequest(body: string, now: number, settings: Readonly<NotificationSettings>): CreateRequest {
	const given = readObject(body);
	const text = (name: string): string => {
		const value = given[name];
		if (typeof value !== 'string' || value === '') throw requestInvalid(`${name} is required and must be a string.`);
		return value;
	};
	const optionalText = (name: string): string | null => (given[name] === undefined || given[name] === null ? null : text(name));
	for (const name of Object.keys(given)) if (!WRITABLE.has(name)) throw requestInvalid(`The property '${name}' is not one of a subscription that can be set.`);
	for (const name of WITH_RESOURCE_DATA) {
		if (given[name]) throw requestInvalid(`${name}: change notifications with resource data are not supported for this resource.`);
	}
	const changeType = text('changeType');
	const changeTypes = changeType.split(',').map((each) => each.trim());
	for (const each of changeTypes) if (!CHANGE_TYPES.includes(each)) throw requestInvalid(`Unsupported changeType '${each}'.`);
	const notificationUrl = readAddress(text('notificationUrl'), 'notificationUrl', settings);
	const lifecycle = optionalText('lifecycleNotificationUrl');
	const lifecycleNotificationUrl = lifecycle === null ? null : readAddress(lifecycle, 'lifecycleNotificationUrl', settings);
	if (lifecycleNotificationUrl && lifecycleNotificationUrl.hostname !== notificationUrl.hostname) {
		throw requestInvalid('lifecycleNotificationUrl must have the host name of notificationUrl.');
	}
	const clientState = optionalText('clientState');
	if (clientState !== null && clientState.length > LONGEST_CLIENT_STATE) throw requestInvalid(`clientState is longer than ${LONGEST_CLIENT_STATE} characters.`);
	const latestSupportedTlsVersion = optionalText('latestSupportedTlsVersion') ?? 'v1_2';
	if (!TLS_VERSIONS.includes(latestSupportedTlsVersion)) throw requestInvalid(`Unsupported latestSupportedTlsVersion '${latestSupportedTlsVersion}'.`);
	return {
		resource: text('resource'),
		changeType,
		changeTypes: changeTypes as ChangeType[],
		notificationUrl: text('notificationUrl'),
		lifecycleNotificationUrl: lifecycle,
		clientState,
		latestSupportedTlsVersion,
		expires: readExpiration(text('expirationDateTime'), now),
	};
}

const WITH_RESOURCE_DATA = ['includeResourceData', 'encryptionCertificate', 'encryptionCertificateId'];
const WRITABLE = new Set([
	'@odata.type',
	'resource',
	'changeType',
	'notificationUrl',
	'lifecycleNotificationUrl',
	'clientState',
	'latestSupportedTlsVersion',
	'expirationDateTime',
	...WITH_RESOURCE_DATA,
]);

/** Reads the body of a PATCH: the new expiration, and nothing else. @returns milliseconds since 1970 */
export function readRenewRequest(body: string, now: number): number {
	const { expirationDateTime, ...rest } = readObject(body);
	const [other] = Object.keys(rest).filter((name) => name !== '@odata.type');
	if (other) throw requestInvalid(`'${other}' of an existing subscription cannot be changed.`);
	if (typeof expirationDateTime !== 'string') throw requestInvalid('expirationDateTime is required and must be a string.');
	return readExpiration(expirationDateTime, now);
}

function readObject(body: string): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		throw requestInvalid('Unable to read JSON request payload.');
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw requestInvalid('Unable to read JSON request payload.');
	return value as Record<string, unknown>;
}

function readAddress(value: string, name: string, settings: Readonly<NotificationSettings>): URL {
	const url = URL.canParse(value) ? new URL(value) : undefined;
	const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && settings.allowHttp && isLoopback(url));
	if (!url || !isAllowed || value.length > LONGEST_URL) throw requestInvalid(`${name} must be an absolute https address of at most ${LONGEST_URL} characters.`);
	if (!isLoopback(url)) throw notSimulated(`notifications to ${url.hostname}: it sends to this machine only`);
	return url;
}

function readExpiration(value: string, now: number): number {
	const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
	if (Number.isNaN(time)) throw requestInvalid(`expirationDateTime '${value}' is no date with a time and its offset.`);
	if (time <= now) throw requestInvalid('expirationDateTime must lie in the future.');
	if (time > now + LONGEST_LIFE_MINUTES * MINUTE) throw expirationTooFar(LONGEST_LIFE_MINUTES);
	return Math.max(time, now + SHORTEST_LIFE_MINUTES * MINUTE);
}
