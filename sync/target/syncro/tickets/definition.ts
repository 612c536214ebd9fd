import { findingTarget } from '../findings/definition';

/**
 * What the plan must know of the tickets of Syncro. Subject, problem type and text are written once, so that nobody's work
 * on a ticket is undone; a severity that changes sets the priority anew. Source: contract targets.md A8.
 */
export const syncroTickets = findingTarget({
	name: 'syncro:tickets',
	nouns: { source: 'finding', sources: 'findings', record: 'ticket', records: 'tickets', removal: { verb: 'close', done: 'Closed' }, gone: 'fixed' },
	recordKind: 'ticket',
	recordList: 'tickets',
	reader: 'Syncro → Ticket → Get Many',
	fields: [
		{ name: 'subject', label: 'Subject', type: 'text', required: true, initial: true },
		{ name: 'details', label: 'Details', type: 'text', initial: true },
		{ name: 'severity', label: 'Severity', type: 'text' },
		{ name: 'problemType', label: 'Problem Type', type: 'text', initial: true },
	],
	defaultMapping: [
		{ field: 'subject', source: 'title', whenBlank: 'keep' },
		{ field: 'details', source: 'details', whenBlank: 'keep' },
		{ field: 'severity', source: 'severity', whenBlank: 'keep' },
		{ field: 'problemType', source: 'text:Other', whenBlank: 'keep' },
	],
	nameField: 'subject',
	// A note each night would be the worse fault.
	locks: (_, { findingId }) => (findingId === null ? { code: 'markMissing', reason: 'has a ticket from whose notes the mark of this package was removed, so it is not known what was written last' } : undefined),
});
