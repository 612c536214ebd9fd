import type { Finding, FindingCode } from './finding';
import type { SourceRecord } from './sourceRecord';
import type { SourceValue } from './targetDefinition';

/** One name for all findings of a kind, so that they can be sorted and counted where they arrive. */
const TYPES: Record<FindingCode, string> = { noMfa: 'Microsoft 365: No MFA', lowSecureScore: 'Microsoft 365: Low Secure Score' };

const read = (value: (finding: Finding) => string | null | undefined) => (source: SourceRecord) => value(source as unknown as Finding);

/** What a mapping can take from a finding of the security audit. */
export const FINDING_VALUES: readonly SourceValue[] = [
	{ name: 'type', label: 'Type', description: 'For example “Microsoft 365: No MFA”, the same for all people', read: read(({ code }) => TYPES[code]) },
	{ name: 'title', label: 'Title', description: 'In one line, with who and where' },
	{ name: 'details', label: 'Details', description: 'Title, what was found, and what to do', read: read(({ title, text, whatToDo }) => [title, text, whatToDo].filter(Boolean).join('\n')) },
	{ name: 'severity', label: 'Severity', description: 'High for an administrator without MFA, otherwise medium' },
	{ name: 'displayName', label: 'Display Name', description: 'Of the person' },
	{ name: 'userPrincipalName', label: 'User Principal Name', description: 'Of the person' },
	{ name: 'tenantName', label: 'Tenant Name' },
];

/** Before a text that stands for itself where a mapping names what it takes. */
export const CONSTANT = 'text:';

/** `text:<text>` is that text for every finding, for example the problem type of all tickets. */
export function constantText(name: string): SourceValue | undefined {
	if (!name.startsWith(CONSTANT)) return undefined;
	const text = name.slice(CONSTANT.length);
	return { name, label: text, read: () => text };
}
