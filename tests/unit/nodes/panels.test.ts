import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { ContactMatch } from '../../../nodes/ContactMatch/ContactMatch.node';
import { Microsoft365 } from '../../../nodes/Microsoft365/Microsoft365.node';
import { Microsoft365Trigger } from '../../../nodes/Microsoft365Trigger/Microsoft365Trigger.node';
import { SyncLedger } from '../../../nodes/SyncLedger/SyncLedger.node';
import { SyncPlan } from '../../../nodes/SyncPlan/SyncPlan.node';
import { Syncro } from '../../../nodes/Syncro/Syncro.node';

const NODES: INodeType[] = [new ContactMatch(), new Microsoft365(), new Microsoft365Trigger(), new SyncLedger(), new SyncPlan(), new Syncro()];
const descriptions = NODES.map(({ description }) => description);

/** What n8n's editor takes for a part of the sign-in, and leaves out of the panel: see nodes/credentialNeed.ts. */
function takenForSignIn({ credentials = [], properties }: INodeTypeDescription): string[] {
	const named = credentials.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}));
	const parts = properties.filter(({ name }) => named.includes(name));
	return [...new Set([...named, ...parts.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}))])];
}

describe.each(descriptions.map((description) => [description.displayName, description] as const))('the panel of %s', (_name, description) => {
	it('shows every parameter that a person may want to change', () => {
		const hidden = takenForSignIn(description).filter((name) => {
			const of: INodeProperties[] = description.properties.filter((property) => property.name === name);
			return of.some(({ type }) => type !== 'hidden') && name !== 'authentication';
		});
		expect(hidden).toEqual([]);
	});

	it('names every parameter that a credential or another parameter depends on', () => {
		const names = new Set(description.properties.map(({ name }) => name));
		const asked = [...(description.credentials ?? []), ...description.properties].flatMap(({ displayOptions }) => [
			...Object.keys(displayOptions?.show ?? {}),
			...Object.keys(displayOptions?.hide ?? {}),
		]);
		expect(asked.filter((name) => !names.has(name) && !name.startsWith('@'))).toEqual([]);
	});
});
