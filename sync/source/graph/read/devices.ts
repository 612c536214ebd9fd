import type { Device } from '../../../model/device';
import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages, type PageEvent } from '../transport/paging';
import { literal, query, type RawRecord, type Reading } from '../transport/reading';
import { DEFAULT_DEVICE_PROPERTIES, DEVICE_PROPERTIES } from './deviceProperties';
import { completeOwners } from './deviceOwners';
import { tenantGuidOf } from './organization';
import { OWNER_SELECT } from './owners';
import { idOf, projectRecords } from './projection';

export const DEVICES: Reading = {
	what: 'devices',
	permission: 'Device.Read.All',
	alsoBy: ['Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	pageSize: 999,
	resourceUnits: 1,
};

export const DEVICES_FEATURE: Feature = {
	key: 'devices',
	name: 'Read devices',
	description: 'Device → Get and Get Many',
	required: false,
	reading: DEVICES,
	probe: { address: '/devices?$select=id&$top=1', expects: 'list' },
};

/** 1 unit more for `$expand`. */
const DEVICES_WITH_OWNERS: Reading = { ...DEVICES, resourceUnits: 2 };

/** Which devices to read; what is left out does not restrict. What Entra does not know is neither true nor false. */
export interface DeviceFilter {
	enabled?: boolean;
	managed?: boolean;
	compliant?: boolean;
	/** For example Windows; upper and lower case are alike. */
	operatingSystem?: string;
	trustType?: 'Workplace' | 'AzureAd' | 'ServerAd';
	/** Signed in at about this moment or later; ISO 8601. */
	seenSince?: string;
}

export interface DevicesRequest {
	/** Names of DEVICE_PROPERTIES and any further property of Entra's `device`. */
	properties?: readonly string[];
	filter?: DeviceFilter;
	/** The first so many; without it all. */
	limit?: number;
}

/**
 * The devices of a tenant, page by page, as Entra knows them. After a `restart` event they all come again.
 *
 * @throws SyncError when any page cannot be read; never a list cut short
 */
export async function* devicePages(client: GraphClient, request: DevicesRequest = {}): AsyncGenerator<PageEvent<Device>, void> {
	const projection = projectRecords(DEVICE_PROPERTIES, request.properties ?? DEFAULT_DEVICE_PROPERTIES);
	const owners = projection.has('registeredOwners');
	const tenantId = await tenantGuidOf(client);
	const pages = readPages<RawRecord>(client, {
		reading: owners ? DEVICES_WITH_OWNERS : DEVICES,
		address: `/devices${query({ $select: projection.select, $expand: owners ? expanded : undefined, $filter: expressionOf(request.filter ?? {}), $top: pageSizeOf(request) })}`,
	});
	for await (const page of pages) {
		if (page.kind === 'restart') {
			yield page;
			continue;
		}
		const found = page.items.map((raw) => {
			const device: Device = { kind: 'device', tenantId, id: idOf(raw, 'devices', client) };
			projection.copy(device, raw);
			return device;
		});
		if (owners) await completeOwners(client, found);
		yield { kind: 'page', items: found };
	}
}

/** The devices of a tenant, all in memory. */
export async function devices(client: GraphClient, request: DevicesRequest = {}): Promise<Device[]> {
	return await collect(devicePages(client, request), request.limit);
}

/** @param id object id, not the device id @throws SyncError (notFound) when the tenant has no such device */
export async function device(client: GraphClient, id: string, properties: readonly string[] = DEFAULT_DEVICE_PROPERTIES): Promise<Device> {
	const key = id.trim().toLowerCase();
	if (!isGuid(key)) {
		throw new SyncError(key === '' ? 'No device is given.' : `"${id.trim()}" is not the object ID of a device.`, {
			class: 'input',
			code: 'graph.deviceId',
			remedy: 'Give the object ID of the device in Entra (Devices → All devices → the device → Object ID).',
		});
	}
	const projection = projectRecords(DEVICE_PROPERTIES, properties);
	const owners = projection.has('registeredOwners');
	const tenantId = await tenantGuidOf(client);
	const raw = await client.read<RawRecord>({
		reading: owners ? DEVICES_WITH_OWNERS : DEVICES,
		address: `/devices/${key}${query({ $select: projection.select, $expand: owners ? expanded : undefined })}`,
		expects: 'object',
		record: `device ${key}`,
	});
	const found: Device = { kind: 'device', tenantId, id: idOf(raw, 'devices', client) };
	projection.copy(found, raw);
	if (owners) await completeOwners(client, [found]);
	return found;
}

const expanded = `registeredOwners($select=${OWNER_SELECT})`;

function pageSizeOf({ limit }: DevicesRequest): number {
	return Math.min(DEVICES.pageSize!, Math.max(1, limit ?? DEVICES.pageSize!));
}

function expressionOf(filter: DeviceFilter): string | undefined {
	const sent: string[] = [];
	if (filter.enabled !== undefined) sent.push(`accountEnabled eq ${filter.enabled}`);
	if (filter.managed !== undefined) sent.push(`isManaged eq ${filter.managed}`);
	if (filter.compliant !== undefined) sent.push(`isCompliant eq ${filter.compliant}`);
	const system = filter.operatingSystem?.trim();
	if (system) sent.push(`operatingSystem eq ${literal(system)}`);
	if (filter.trustType) sent.push(`trustType eq ${literal(filter.trustType)}`);
	if (filter.seenSince) sent.push(`approximateLastSignInDateTime ge ${filter.seenSince}`);
	return sent.length > 0 ? sent.join(' and ') : undefined;
}
