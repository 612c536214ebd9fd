import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { query, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';

export const REPORT_SETTINGS: Reading = {
	what: 'the settings of usage reports',
	permission: 'ReportSettings.Read.All',
	alsoBy: ['ReportSettings.ReadWrite.All'],
	role: 'Global Reader',
	resourceUnits: 1,
};

export const REPORT_SETTINGS_FEATURE: Feature = {
	key: 'reportSettings',
	name: 'Read the settings of reports',
	description: 'Organization → Get Report Settings',
	required: false,
	reading: REPORT_SETTINGS,
	probe: { address: '/admin/reportSettings?$select=displayConcealedNames', expects: 'object' },
};

/** What a tenant's usage reports show. */
export interface ReportSettings {
	kind: 'reportSettings';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Reports name people by codes: mailboxes and activity cannot be joined to them. */
	concealedNames: boolean;
	/** Empty when nothing has to be done. */
	whatToDo: string;
}

/** `GET /admin/reportSettings`; documented inside `value`, and given without it (contract: B7). */
export async function reportSettings(client: GraphClient): Promise<ReportSettings> {
	const tenantId = await tenantGuidOf(client);
	const request = { reading: REPORT_SETTINGS, address: `/admin/reportSettings${query({ $select: 'displayConcealedNames' })}`, expects: 'object' } as const;
	const answer = await client.request(request);
	if (answer.status !== 200) throw client.explain(answer, request);
	const body = answer.body as { displayConcealedNames?: unknown; value?: { displayConcealedNames?: unknown } };
	// A tenant that never touched the setting conceals names: that is the default.
	const concealedNames = (body.value ?? body).displayConcealedNames !== false;
	return {
		kind: 'reportSettings',
		tenantId,
		concealedNames,
		whatToDo: concealedNames ? UNCONCEAL : '',
	};
}

/** Where names in reports are shown again. */
export const UNCONCEAL =
	'Clear "Display concealed user, group, and site names in all reports" in the Microsoft 365 admin center (Settings → Org settings → Services → Reports). It takes effect within minutes.';
