import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { extraPropertiesOption } from '../Microsoft365/actions/extraProperties';
import { propertiesParameter } from '../Microsoft365/actions/propertyChoice';
import { tenantParameter } from '../Microsoft365/actions/tenant';
import { WATCHED } from './watched';

const watched = Object.entries(WATCHED);

const resources: INodePropertyOptions[] = [
	...watched.map(([value, { name }]) => ({ name, value })),
	{ name: 'Licences', value: 'licences', description: 'How many are bought and assigned, and their state' },
].sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources,
		default: 'users',
	},
	{
		displayName: 'Learn of Changes By',
		name: 'delivery',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Change Notifications', value: 'notifications', description: 'Microsoft calls this n8n, usually within minutes. n8n has to be reachable from the internet by https.' },
			{ name: 'Polling', value: 'polling', description: 'At the poll times Microsoft is asked what changed. One small request when nothing did.' },
		],
		default: 'polling',
		displayOptions: { hide: { resource: ['licences'] } },
		description: 'How the workflow learns that something changed',
	},
	{
		displayName:
			'While the workflow is published, this node keeps a subscription in Microsoft Graph, renews it, and removes it when the workflow is unpublished. At the poll times above it looks for changes whose notification did not arrive.',
		name: 'notificationsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { delivery: ['notifications'] }, hide: { resource: ['licences'] } },
	},
	tenantParameter,
	{
		displayName: 'Changes',
		name: 'changes',
		type: 'multiOptions',
		options: [
			{ name: 'Changed or New', value: 'changed', description: 'A property that is read has another value, or the object is new' },
			{ name: 'Deleted', value: 'softDeleted', description: 'Deleted, and restorable for 30 days' },
			{ name: 'Gone', value: 'gone', description: 'Deleted for good' },
			{ name: 'Restored', value: 'restored', description: 'Was deleted, and is back' },
		],
		default: ['changed', 'gone', 'restored', 'softDeleted'],
		displayOptions: { hide: { resource: ['licences'] } },
		description: 'Which changes start the workflow',
	},
	{
		displayName: 'Changes',
		name: 'licenceChanges',
		type: 'multiOptions',
		options: [
			{ name: 'Assigned', value: 'assigned', description: 'How many are given to users' },
			{ name: 'Bought', value: 'bought', description: 'How many there are: running, expired, suspended, cancelled' },
			{ name: 'State', value: 'state', description: 'Enabled, Warning, Suspended, Deleted or LockedOut' },
		],
		default: ['assigned', 'bought', 'state'],
		displayOptions: { show: { resource: ['licences'] } },
		description: 'Which changes of a licence start the workflow; a new licence, and one that is no longer subscribed to, always do',
	},
	...watched.map(
		([value, { one, properties: readable }]): INodeProperties => ({
			...propertiesParameter(readable, 'the object ID'),
			name: `${value}Properties`,
			displayOptions: { show: { resource: [value] } },
			description: `What to read of each ${one}; the object ID always comes along. A change of a property that is not read starts nothing when polling.`,
		}),
	),
	{ ...extraPropertiesOption('Entra’s users, groups or devices', 'onPremisesExtensionAttributes'), displayOptions: { hide: { resource: ['licences'] } } },
];
