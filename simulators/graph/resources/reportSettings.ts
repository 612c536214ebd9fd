import type { GraphCall, GraphResource } from '../graphCall';
import { invalidQuery, reportSettingsPermissionMissing } from '../graphFailure';

const PROPERTIES: readonly string[] = ['id', 'displayConcealedNames'];

const common = {
	path: 'admin/reportSettings',
	refusal: reportSettingsPermissionMissing,
	// No limit of its own is documented.
	quotas: [],
} as const;

/** Whether usage reports conceal names (contract B7). */
export const reportSettings: GraphResource = {
	...common,
	permissions: ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
	options: ['$select'],
	answer: (call) => {
		const select = call.query.names('$select');
		const unknown = select?.find((name) => !PROPERTIES.includes(name));
		if (unknown !== undefined) {
			throw invalidQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.adminReportSettings'.`);
		}
		const whole = { id: '', displayConcealedNames: call.tenant.services.displayConcealedNames };
		const shown = Object.fromEntries(Object.entries(whole).filter(([name]) => select?.includes(name) ?? true));
		const context = { '@odata.context': `${call.origin}/v1.0/$metadata#admin/reportSettings/$entity` };
		return { status: 200, body: call.settings.reportSettingsShape === 'wrapped' ? { value: { ...context, ...shown } } : { ...context, ...shown } };
	},
};

export const changeReportSettings: GraphResource = {
	...common,
	method: 'PATCH',
	permissions: ['ReportSettings.ReadWrite.All'],
	options: [],
	answer: (call) => {
		call.tenant.services.displayConcealedNames = readConcealment(call);
		return { status: 204 };
	},
};

function readConcealment(call: GraphCall): boolean {
	let body: unknown;
	try {
		body = JSON.parse(call.body);
	} catch {
		throw invalidQuery('Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.');
	}
	const { displayConcealedNames, ...others } = (body ?? {}) as Record<string, unknown>;
	if (typeof displayConcealedNames !== 'boolean' || Object.keys(others).some((name) => !name.startsWith('@'))) {
		throw invalidQuery('Invalid request body: displayConcealedNames must be true or false, and nothing else is known.');
	}
	return displayConcealedNames;
}
