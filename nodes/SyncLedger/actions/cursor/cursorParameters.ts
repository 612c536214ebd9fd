import type { INodeProperties } from 'n8n-workflow';
import type { CursorFilter } from '../../../../sync/ledger/ledger';

/** Parts of what a cursor belongs to, to narrow a list down. */
export const cursorFilters: INodeProperties[] = [
	{
		displayName: 'Records',
		name: 'records',
		type: 'options',
		options: [
			{ name: 'Devices', value: 'devices' },
			{ name: 'Groups', value: 'groups' },
			{ name: 'Users', value: 'users' },
		],
		default: 'users',
		description: 'Only cursors of these',
	},
	{ displayName: 'Sync Name', name: 'syncName', type: 'string', default: '', description: 'Only cursors of the sync with this name, as the Get Changes operation has it' },
	{ displayName: 'Tenant ID', name: 'tenantId', type: 'string', default: '', description: 'Only this tenant' },
];

/** The parts that the builder filled in. */
export function readCursorFilters(filters: Record<string, unknown>): CursorFilter {
	const text = (name: string) => String(filters[name] ?? '').trim();
	return {
		...(text('tenantId') === '' ? {} : { tenantId: text('tenantId').toLowerCase() }),
		...(text('records') === '' ? {} : { resource: text('records') }),
		...(text('syncName') === '' ? {} : { syncName: text('syncName') }),
	};
}
