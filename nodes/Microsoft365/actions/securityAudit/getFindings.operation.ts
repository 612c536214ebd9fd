import type { IExecuteFunctions } from 'n8n-workflow';
import { TENANTS_SIDE_BY_SIDE } from '../../../../sync/inLanes';
import type { EmptyList } from '../../../../sync/model/emptyList';
import type { FindingCode } from '../../../../sync/model/finding';
import { SyncError } from '../../../../sync/model/syncError';
import { securityAudit } from '../../../../sync/source/graph/read/securityFindings';
import { connectGraph } from '../../../connect/entra';
import { choice, listOf, wholeNumber } from '../../../checkedParameters';
import { optionalPart, type Operation } from '../../../operation';
import { tenantOfItem, tenantParameter } from '../tenant';

const CODES = ['noMfa', 'lowSecureScore'] as const;

export const getSecurityFindings: Operation = {
	value: 'getFindings',
	name: 'Get Findings',
	action: 'Get findings of a security audit',
	description: 'Get what is not as it should be, administrators first: people without MFA and a low Secure Score; and what is known to be all right, so that alerts and tickets for it can be closed',
	properties: [
		tenantParameter,
		{
			displayName: 'Look At',
			name: 'checks',
			type: 'multiOptions',
			options: [
				{ name: 'MFA', value: 'noMfa', description: 'Who is enabled and has no method of multifactor authentication that the policy allows. Needs Entra ID P1.' },
				{ name: 'Secure Score', value: 'lowSecureScore', description: 'Whether Microsoft’s measure of the tenant’s security is below what you ask for' },
			],
			default: [...CODES],
			description: 'What to look at',
		},
		{
			displayName: 'Secure Score Below (Percent)',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 60,
			displayOptions: { show: { checks: ['lowSecureScore'] } },
			description: 'A score below this is a finding',
		},
		{
			displayName: 'Include Guests',
			name: 'includeGuests',
			type: 'boolean',
			default: false,
			displayOptions: { show: { checks: ['noMfa'] } },
			description: 'Whether guests without MFA are findings, too; mostly their own tenant asks them for it',
		},
		{
			displayName: 'Add a Summary',
			name: 'addSummary',
			type: 'boolean',
			default: false,
			description: 'Whether to close the list with an item that counts, and says what could not be looked at. For Report → List Security Findings; leave it off in front of Contact Match, which takes findings alone.',
		},
	],
	sideBySide: TENANTS_SIDE_BY_SIDE,
	skippable: true,
	async perItem(itemIndex) {
		const checks = checksOfItem(this, itemIndex);
		// What the panel hides has no value.
		const threshold = checks.includes('lowSecureScore') ? wholeNumber(this.getNodeParameter('threshold', itemIndex, 60), 'Secure Score Below (Percent)', 1, 100) : undefined;
		const mfa = checks.includes('noMfa') ? { includeGuests: this.getNodeParameter('includeGuests', itemIndex, false) === true } : undefined;
		const { client, tenantId } = await connectGraph(this, itemIndex, tenantOfItem(this, itemIndex));
		const { findings, summary } = await securityAudit(client, { threshold, mfa, part: async (work) => await optionalPart(this, itemIndex, work) });
		// An item among the findings would be taken for one of them by the nodes that compare lists.
		for (const { message, remedy } of summary.leftOut) this.addExecutionHints({ message: `${message} Nothing is found or closed there. ${remedy}`, type: 'warning', location: 'outputPane' });
		const closing = this.getNodeParameter('addSummary', itemIndex, false) === true ? [summary] : [];
		if (findings.length > 0) return [...findings, ...closing];
		const marker: EmptyList = { kind: 'emptyList', list: 'findings', tenantId, mode: 'incremental', note: 'Nothing was found in the tenant, and nothing is known to be all right.' };
		return [marker, ...closing];
	},
};

/** Nothing to look at would look like nothing found. */
function checksOfItem(context: IExecuteFunctions, itemIndex: number): FindingCode[] {
	const checks = listOf(context.getNodeParameter('checks', itemIndex, [...CODES])).map((code) => choice(code, 'Look At', CODES));
	if (checks.length > 0) return checks;
	throw new SyncError('Look At is empty: there is nothing to look at.', { class: 'input', code: 'parameter.nothingChosen', remedy: 'Choose at least one in Look At, or correct the expression in it.' });
}
