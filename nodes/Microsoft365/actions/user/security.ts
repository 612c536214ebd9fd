import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../../sync/model/syncError';
import type { ActOptions } from '../../../../sync/source/graph/act/perform';
import { administratorsOf } from '../../../../sync/source/graph/read/administrators';
import type { GraphClient } from '../../../../sync/source/graph/transport/client';
import { connectGraph } from '../../../connect/entra';
import { tenantOfItem, tenantParameter } from '../tenant';

/** What every operation that changes the sign-in of a user asks for. */
export const securityParameters: INodeProperties[] = [
	tenantParameter,
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@contoso.com',
		description: 'Object ID or user principal name',
	},
	{
		displayName: 'Preview',
		name: 'preview',
		type: 'boolean',
		default: true,
		description: 'Whether to say only what would happen, and change nothing',
	},
	{
		displayName: 'Allow Administrators',
		name: 'allowAdministrators',
		type: 'boolean',
		default: false,
		description:
			'Whether to do it also to people who hold a directory role. Otherwise they are refused, and everybody is where the app may not read the roles (permission RoleManagement.Read.Directory). Whoever may take up a role (PIM) and has not done so counts as nobody special.',
	},
];

/** Who and how, of one item. */
export interface SecurityInput {
	client: GraphClient;
	/** Object id or user principal name. */
	user: string;
	options: ActOptions;
}

export async function securityInput(context: IExecuteFunctions, itemIndex: number): Promise<SecurityInput> {
	const { client, tenantId } = await connectGraph(context, itemIndex, tenantOfItem(context, itemIndex));
	return {
		client,
		user: String(context.getNodeParameter('user', itemIndex) ?? ''),
		options: {
			preview: context.getNodeParameter('preview', itemIndex, true) !== false,
			allowAdministrators: context.getNodeParameter('allowAdministrators', itemIndex, false) === true,
			administrators: async () => await administratorsInExecution(context, tenantId, client),
		},
	};
}

/** Roles are read once for all the items of an execution that are about one tenant. */
const known = new WeakMap<IExecuteFunctions, Map<string, Promise<Map<string, string[]>>>>();

async function administratorsInExecution(context: IExecuteFunctions, tenantId: string, client: GraphClient): Promise<Map<string, string[]>> {
	const byTenant = known.get(context) ?? new Map<string, Promise<Map<string, string[]>>>();
	known.set(context, byTenant);
	const reading = byTenant.get(tenantId) ?? administratorsOf(client);
	byTenant.set(tenantId, reading);
	// What failed is tried again for the next item.
	reading.catch(() => byTenant.delete(tenantId));
	return await reading;
}

/**
 * n8n lets an AI agent run this node as a tool. What cannot be taken back is not for a model to decide.
 *
 * @throws SyncError (refused) when an agent asks
 */
export function refuseAgents(context: IExecuteFunctions): void {
	// An agent that runs its tools through n8n's engine gets an ordinary context; the node's type then ends with "Tool".
	if (!context.isToolExecution() && !context.getNode().type.endsWith('Tool')) return;
	throw new SyncError('Passwords are not reset for an AI agent.', {
		class: 'refused',
		code: 'user.agent',
		remedy: 'Let the agent ask a person, and reset the password in a workflow of its own where the node is an ordinary step.',
	});
}
