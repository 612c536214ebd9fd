import type { IExecuteFunctions } from 'n8n-workflow';
import type { StoredLedger } from '../../../../sync/ledger';
import type { Run } from '../../../../sync/ledger/ledger';
import { hint } from '../execution';
import { iso } from '../items';

/**
 * Tells the tenant's life cycle how its run ended. Only a failed run counts against the tenant: one that is held or
 * partly done has read and planned. That it could not be told is told beside the run and changes nothing about it.
 */
export async function reportTenantAfter(context: IExecuteFunctions, ledger: StoredLedger, run: Run, tenantName: string | undefined): Promise<{ tenantFailures?: number; tenantHeldBackUntil?: string }> {
	try {
		const result = run.status === 'failed' ? { succeeded: false as const, message: run.message ?? 'No reason was given.' } : { succeeded: true as const };
		const { failures, nextTryAt } = await ledger.reportTenant(run.pairing.tenantId, result, tenantName);
		return failures === 0 ? {} : { tenantFailures: failures, ...(nextTryAt === undefined ? {} : { tenantHeldBackUntil: iso(nextTryAt) }) };
	} catch (error) {
		hint(context, `The result could not be noted for the tenant: ${error instanceof Error ? error.message : String(error)}`);
		return {};
	}
}
