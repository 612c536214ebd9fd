import { NodeHelpers, type INode, type INodeParameters, type INodeProperties, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ContactMatch } from '../../../nodes/ContactMatch/ContactMatch.node';
import { HttpTarget } from '../../../nodes/HttpTarget/HttpTarget.node';
import { Microsoft365 } from '../../../nodes/Microsoft365/Microsoft365.node';
import { microsoft365Resources } from '../../../nodes/Microsoft365/actions/resources';
import { Microsoft365Trigger } from '../../../nodes/Microsoft365Trigger/Microsoft365Trigger.node';
import { SyncLedger } from '../../../nodes/SyncLedger/SyncLedger.node';
import { SyncPlan } from '../../../nodes/SyncPlan/SyncPlan.node';
import { Syncro } from '../../../nodes/Syncro/Syncro.node';

const NODES: INodeType[] = [new ContactMatch(), new HttpTarget(), new Microsoft365(), new Microsoft365Trigger(), new SyncLedger(), new SyncPlan(), new Syncro()];
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

describe('the licence families of a user', () => {
	const { description } = new Microsoft365();
	const shown = (parameters: INodeParameters) => {
		const settings = { resource: 'user', operation: 'getMany', ...parameters };
		const node: INode = { id: 'n', name: 'N', type: 'n', typeVersion: 1, position: [0, 0], parameters: settings };
		return NodeHelpers.getNodeParameters(description.properties, settings, true, false, node, description)!.licenceFamilies;
	};

	it('are asked for where one of their properties is chosen, the four Business products to begin with', () => {
		expect(shown({})).toBeUndefined();
		expect(shown({ properties: ['displayName', 'licenceNames'] })).toBeUndefined();
		for (const property of ['licenceFamily', 'licenceFamilies']) {
			expect(shown({ properties: ['displayName', property] })).toEqual({
				families: ['Microsoft 365 Business Basic', 'Microsoft 365 Apps for Business', 'Microsoft 365 Business Standard', 'Microsoft 365 Business Premium'].map((family) => ({ family, skuIds: [], moreSkuIds: '' })),
			});
		}
		expect(shown({ properties: '={{ $json.properties }}' })).toBeDefined();
	});
});

describe('the managed devices that are read', () => {
	it('are at first those of the organisation that were seen in 90 days', () => {
		const { description } = new Microsoft365();
		const settings = { resource: 'managedDevice', operation: 'getMany' };
		const node: INode = { id: 'n', name: 'N', type: 'n', typeVersion: 1, position: [0, 0], parameters: settings };
		expect(NodeHelpers.getNodeParameters(description.properties, settings, true, false, node, description)!.filters).toEqual({ ownership: 'company', seenWithinDays: 90 });
	});
});

describe('the panel of Sync Plan', () => {
	const { description } = new SyncPlan();
	const shown = (target: string): INodeParameters => {
		const settings = { target };
		const node: INode = { id: 'n', name: 'N', type: 'n', typeVersion: 1, position: [0, 0], parameters: settings };
		return NodeHelpers.getNodeParameters(description.properties, settings, true, false, node, description)!;
	};
	const limits = (target: string): string[] => {
		const node: INode = { id: 'n', name: 'N', type: 'n', typeVersion: 1, position: [0, 0], parameters: {} };
		const safeguards = description.properties.find(({ name }) => name === 'safeguards')!;
		return (safeguards.options as INodeProperties[]).filter((option) => NodeHelpers.displayParameterPath({ target }, option, 'safeguards', node, description)).map(({ name }) => name);
	};

	it('offers the limits that the chosen target is judged by, and no others', () => {
		expect(limits('syncro:alerts')).toEqual(['maxCreates', 'maxCreatesPercent']);
		expect(limits('syncro:invoice-lines')).toEqual(['minBilledChange', 'maxBilledChangePercent', 'minSourceDrop', 'maxSourceDropPercent']);
		expect(limits('syncro')).not.toContain('maxBilledChangePercent');
		expect(shown('syncro:customers')).not.toHaveProperty('safeguards');
		expect(shown('syncro')).toHaveProperty('safeguards');
	});

	it('shows the problem type of tickets as a fixed text, not as a property', () => {
		const { row } = shown('syncro:tickets').mapping_syncro_tickets as { row: object[] };
		expect(row).toContainEqual(expect.objectContaining({ field: 'problemType', source: '__text__', fixedText: 'Other' }));
	});
});

/** The credentials that n8n asks for with these settings, everything else as the panel has it. */
function askedFor(description: INodeTypeDescription, settings: INodeParameters): string[] {
	const node: INode = { id: 'n', name: 'N', type: 'n', typeVersion: 1, position: [0, 0], parameters: settings };
	const parameters = NodeHelpers.getNodeParameters(description.properties, settings, true, false, node, description)!;
	return (description.credentials ?? []).filter((credential) => NodeHelpers.displayParameter(parameters, credential, node, description)).map(({ name }) => name);
}

describe('credentials are asked for where they are used, and only there', () => {
	const microsoft365 = new Microsoft365().description;
	const operations = microsoft365Resources.flatMap((resource) => resource.operations.map((operation) => ({ resource: resource.value, operation: operation.value })));

	it.each(operations.filter(({ resource }) => resource === 'report'))('Microsoft 365: $resource → $operation reads nothing', (settings) => {
		expect(askedFor(microsoft365, settings)).toEqual([]);
	});

	it.each(operations.filter(({ resource }) => resource !== 'report'))('Microsoft 365: $resource → $operation', ({ resource, operation }) => {
		const ledger = ['getChanges', 'readNextPart'].includes(operation) ? ['syncLedgerApi'] : [];
		expect(askedFor(microsoft365, { resource, operation })).toEqual(['entraAppApi', ...ledger]);
		expect(askedFor(microsoft365, { resource, operation, authentication: 'partner' })).toEqual(['entraPartnerOAuth2Api', ...ledger]);
	});

	it('Microsoft 365: a password is reset with a secret sink, and previewed without', () => {
		const reset = { resource: 'user', operation: 'resetPassword' };
		expect(askedFor(microsoft365, { ...reset, preview: false })).toEqual(['entraAppApi', 'secretSinkApi']);
		expect(askedFor(microsoft365, { resource: 'user', operation: 'disable', preview: false })).toEqual(['entraAppApi']);
	});

	it('Contact Match: links need the ledger, missing people a sign-in', () => {
		const match = new ContactMatch().description;
		expect(askedFor(match, {})).toEqual(['syncLedgerApi', 'entraAppApi']);
		expect(askedFor(match, { authentication: 'partner' })).toEqual(['syncLedgerApi', 'entraPartnerOAuth2Api']);
		expect(askedFor(match, { checkMissing: false })).toEqual(['syncLedgerApi']);
		expect(askedFor(match, { useLinks: false })).toEqual([]);
	});

	it('Syncro: a plan is carried out with the ledger, and what only reads may share its pace', () => {
		const syncro = new Syncro().description;
		expect(askedFor(syncro, { resource: 'contact', operation: 'getMany', sharePace: true })).toEqual(['syncroTokenApi', 'syncLedgerApi']);
		expect(askedFor(syncro, { resource: 'contact', operation: 'applyPlan' })).toEqual(['syncroTokenApi', 'syncLedgerApi']);
		expect(askedFor(syncro, { resource: 'contact', operation: 'getMany' })).toEqual(['syncroTokenApi']);
		expect(askedFor(syncro, { resource: 'customer', operation: 'search' })).toEqual(['syncroTokenApi']);
		for (const operation of ['getLines', 'compareLicences']) expect(askedFor(syncro, { resource: 'recurringInvoice', operation })).toEqual(['syncroTokenApi']);
		expect(askedFor(syncro, { resource: 'recurringInvoice', operation: 'applyPlan' })).toEqual(['syncroTokenApi', 'syncLedgerApi']);
	});

	it('HTTP Target: a list is read without the ledger, everything else with it', () => {
		const http = new HttpTarget().description;
		expect(askedFor(http, { resource: 'record', operation: 'getMany' })).toEqual(['httpTargetApi']);
		for (const operation of ['getRemembered', 'applyPlan']) expect(askedFor(http, { resource: 'record', operation })).toEqual(['httpTargetApi', 'syncLedgerApi']);
	});
});
