import { findingTarget } from '../findings/definition';

/**
 * What the plan must know of the RMM alerts of Syncro. They can be raised and resolved and not changed. Source:
 * contract targets.md A7.
 */
export const syncroAlerts = findingTarget({
	name: 'syncro:alerts',
	nouns: { source: 'finding', sources: 'findings', record: 'alert', records: 'alerts', removal: { verb: 'resolve', done: 'Resolved' }, gone: 'fixed' },
	recordKind: 'alert',
	recordList: 'alerts',
	reader: 'Syncro → Alert → Get Many',
	fields: [
		{ name: 'type', label: 'Type', type: 'text', required: true, initial: true },
		{ name: 'details', label: 'Details', type: 'text', initial: true },
	],
	defaultMapping: [
		{ field: 'type', source: 'type', whenBlank: 'keep' },
		{ field: 'details', source: 'details', whenBlank: 'keep' },
	],
	nameField: 'type',
});
