import type { ManagedDevice } from '../../../model/device';
import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages, type PageEvent } from '../transport/paging';
import { query, type RawRecord, type Reading } from '../transport/reading';
import { DEFAULT_MANAGED_DEVICE_PROPERTIES, MANAGED_DEVICE_PROPERTIES, SINGLE_MANAGED_DEVICE_PROPERTIES } from './managedDeviceProperties';
import { tenantGuidOf } from './organization';
import { defaultsOf, idOf, projectRecords } from './projection';

/** `GET /deviceManagement/managedDevices`; the service chooses the size of the pages, about 1,000. */
export const MANAGED_DEVICES: Reading = {
	what: 'managed devices',
	permission: 'DeviceManagementManagedDevices.Read.All',
	alsoBy: ['DeviceManagementManagedDevices.ReadWrite.All'],
	role: 'Intune Administrator',
	licence: 'Microsoft Intune',
	resourceUnits: 0,
	quotas: ['intuneDevices'],
};

export const MANAGED_DEVICES_FEATURE: Feature = {
	key: 'managedDevices',
	name: 'Read managed devices',
	description: 'Managed Device → Get and Get Many, where the tenant has Intune',
	required: false,
	reading: MANAGED_DEVICES,
	probe: { address: '/deviceManagement/managedDevices?$select=id&$top=1', expects: 'list' },
};

/** Which managed devices to read; what is left out does not restrict. Every test is done here: the service documents no filter. */
export interface ManagedDeviceFilter {
	/** For example Windows; upper and lower case are alike. */
	operatingSystem?: string;
	ownership?: 'company' | 'personal';
	compliance?: 'compliant' | 'noncompliant';
	/** Spoke with Intune at this moment or later; ISO 8601. */
	seenSince?: string;
}

export interface ManagedDevicesRequest {
	/** Names of MANAGED_DEVICE_PROPERTIES and any further property of Intune's `managedDevice` that comes with a list. */
	properties?: readonly string[];
	filter?: ManagedDeviceFilter;
	/** The first so many; without it all. */
	limit?: number;
}

/**
 * The devices that Intune manages, page by page. After a `restart` event they all come again.
 *
 * @throws SyncError (notLicensed) where the tenant has no Intune; and when any page cannot be read
 */
export async function* managedDevicePages(client: GraphClient, request: ManagedDevicesRequest = {}): AsyncGenerator<PageEvent<ManagedDevice>, void> {
	const chosen = request.properties ?? DEFAULT_MANAGED_DEVICE_PROPERTIES;
	const single = chosen.find((name) => SINGLE_MANAGED_DEVICE_PROPERTIES.some((property) => property.name === name));
	if (single !== undefined) throw onlyOneByOne(single);
	const { needed, wanted } = testsOf(request.filter ?? {});
	const projection = projectRecords(MANAGED_DEVICE_PROPERTIES, chosen, needed);
	const tenantId = await tenantGuidOf(client);
	const pages = readPages<RawRecord>(client, { reading: MANAGED_DEVICES, address: `/deviceManagement/managedDevices${query({ $select: projection.select })}` });
	for await (const page of pages) {
		if (page.kind === 'restart') {
			yield page;
			continue;
		}
		const items = page.items.filter(wanted).map((raw) => {
			const device: ManagedDevice = { kind: 'managedDevice', tenantId, id: idOf(raw, 'managed devices', client) };
			projection.copy(device, raw);
			return device;
		});
		yield { kind: 'page', items };
	}
}

/** The devices that Intune manages, all in memory. */
export async function managedDevices(client: GraphClient, request: ManagedDevicesRequest = {}): Promise<ManagedDevice[]> {
	return await collect(managedDevicePages(client, request), request.limit);
}

const ONE_BY_DEFAULT = [...DEFAULT_MANAGED_DEVICE_PROPERTIES, ...defaultsOf(SINGLE_MANAGED_DEVICE_PROPERTIES)];

/**
 * One managed device, with what a list does not show.
 *
 * @param id Intune's own id
 * @throws SyncError (notFound) when Intune has no such device
 */
export async function managedDevice(client: GraphClient, id: string, properties: readonly string[] = ONE_BY_DEFAULT): Promise<ManagedDevice> {
	const key = id.trim().toLowerCase();
	if (!isGuid(key)) {
		throw new SyncError(key === '' ? 'No managed device is given.' : `"${id.trim()}" is not the ID of a managed device.`, {
			class: 'input',
			code: 'graph.managedDeviceId',
			remedy: 'Give the ID that Managed Device → Get Many calls "id": Intune’s own, neither Entra’s object ID nor its device ID.',
		});
	}
	const projection = projectRecords([...MANAGED_DEVICE_PROPERTIES, ...SINGLE_MANAGED_DEVICE_PROPERTIES], properties);
	const tenantId = await tenantGuidOf(client);
	const raw = await client.read<RawRecord>({
		reading: MANAGED_DEVICES,
		address: `/deviceManagement/managedDevices/${key}${query({ $select: projection.select })}`,
		expects: 'object',
		record: `managed device ${key}`,
	});
	const device: ManagedDevice = { kind: 'managedDevice', tenantId, id: idOf(raw, 'managed devices', client) };
	projection.copy(device, raw);
	return device;
}

function testsOf(filter: ManagedDeviceFilter): { needed: string[]; wanted: (raw: RawRecord) => boolean } {
	const system = filter.operatingSystem?.trim().toLowerCase();
	const since = filter.seenSince === undefined ? undefined : Date.parse(filter.seenSince);
	const tests: Array<[property: string, passes: (value: unknown) => boolean]> = [];
	if (system) tests.push(['operatingSystem', (value) => typeof value === 'string' && value.toLowerCase() === system]);
	if (filter.ownership) tests.push(['managedDeviceOwnerType', (value) => value === filter.ownership]);
	if (filter.compliance) tests.push(['complianceState', (value) => value === filter.compliance]);
	// The year 1 stands for "never", the year 9999 for nothing that happened.
	if (since !== undefined) tests.push(['lastSyncDateTime', (value) => typeof value === 'string' && !value.startsWith('9999-') && Date.parse(value) >= since]);
	return { needed: tests.map(([property]) => property), wanted: (raw) => tests.every(([property, passes]) => passes(raw[property])) };
}

function onlyOneByOne(name: string): SyncError {
	return new SyncError(`The property "${name}" cannot be read here: Intune gives it for one device at a time only.`, {
		class: 'input',
		code: 'graph.propertyNotInLists',
		remedy: 'Take it out of the extra properties, and read it with Managed Device → Get for the devices that need it.',
	});
}
