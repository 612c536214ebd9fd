import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Brake } from '../../sync/model/plan';
import type { LeaverPolicy, NewPolicy } from '../../sync/model/policies';
import type { Nouns } from '../../sync/model/sourceRecord';
import type { TargetDefinition } from '../../sync/model/targetDefinition';
import { DEFAULT_ACTIVITY, DEFAULT_INVITATIONS, DEFAULT_SAFEGUARDS } from '../../sync/plan/settings';
import { settingName, titled } from '../../sync/plan/settingNames';
import { TARGETS } from '../../sync/target';
import { TARGET_OPTIONS } from '../SyncLedger/actions/pairingParameters';
import { mappingProperty, typedFieldLabel } from './mapping';

const LEAVER_OPTIONS: Record<LeaverPolicy, (nouns: Nouns, free: boolean) => INodePropertyOptions> = {
	delete: ({ record, removal }) =>
		removal
			? { name: `${titled(removal.verb)} the ${titled(record)}`, value: 'delete', description: `The ${record} stays readable in the target` }
			: { name: `Delete the ${titled(record)}`, value: 'delete', description: `Removes the ${record} from the target; the brakes on removals apply` },
	hold: () => ({ name: 'Hold for a Decision', value: 'hold', description: 'Lists them on the Held output and writes nothing' }),
	leave: ({ record, removal }) => ({
		name: 'Leave as They Are',
		value: 'leave',
		description: `Keeps the ${record} and reports it as skipped${removal ? '' : '; only the fields that tell the licences still follow them'}`,
	}),
	deactivate: ({ record }, free) =>
		free
			? { name: `Deactivate the ${titled(record)}`, value: 'deactivate', description: 'Sends the Deactivate request of the node that applies, with the mark below; nothing is removed' }
			: { name: 'Mark in a Custom Field', value: 'deactivate', description: 'Writes the mark below into a custom field; nothing is removed' },
};

const NEW_OPTIONS: Record<NewPolicy, (record: string) => INodePropertyOptions> = {
	create: (record) => ({ name: `Create ${/^[aeio]/.test(record) ? 'an' : 'a'} ${titled(record)}`, value: 'create' }),
	hold: () => ({ name: 'Hold for a Decision', value: 'hold', description: 'Lists them on the Held output and writes nothing' }),
	skip: (record) => ({ name: 'Skip', value: 'skip', description: `Only a ${record} that exists is kept up to date` }),
};

/** Shown for one target: what may be chosen, and what is chosen at first, differ from target to target. */
function ofTarget(target: TargetDefinition, property: INodeProperties): INodeProperties {
	return { ...property, displayOptions: { show: { target: [target.name] } } };
}

function policiesOf(target: TargetDefinition): INodeProperties[] {
	const { choices, policies, accounts } = target;
	// What the endpoint calls its records is its own affair.
	const nouns = target.freeFields ? { ...target.nouns, record: 'record', records: 'records' } : target.nouns;
	const properties: INodeProperties[] = [];
	if (choices.new.length > 1) {
		properties.push({
			displayName: settingName('new', nouns),
			name: 'newSources',
			type: 'options',
			default: policies.new,
			description: `What to do with ${nouns.sources} that have no ${nouns.record} yet`,
			options: choices.new.map((choice) => NEW_OPTIONS[choice](nouns.record)),
		});
	}
	const leaver = choices.orphaned.map((choice) => LEAVER_OPTIONS[choice](nouns, target.freeFields === true)).sort((a, b) => a.name.localeCompare(b.name, 'en'));
	if (leaver.length > 1) {
		properties.push({
			displayName: settingName('orphaned', nouns),
			name: 'orphaned',
			type: 'options',
			default: policies.orphaned,
			description: nouns.gone
				? `What to do with the ${nouns.record} of ${nouns.sources} that are ${nouns.gone}. Other ${nouns.records} are left alone, and so are those of ${nouns.sources} of which nothing is known.`
				: `What to do with the ${nouns.record} of ${nouns.sources} that were deleted for good, checked by ID. A ${nouns.record} that was never linked is left alone.`,
			options: leaver,
		});
	}
	if (accounts) {
		properties.push(
			{
				displayName: settingName('disabled', nouns),
				name: 'disabled',
				type: 'options',
				default: policies.disabled,
				description: `What to do with the ${nouns.record} of somebody whose account is disabled`,
				options: [...leaver, { name: 'Sync Like Everybody', value: 'sync', description: 'For those that the read includes' }],
			},
			{
				displayName: settingName('guests', nouns),
				name: 'guests',
				type: 'options',
				default: policies.guests,
				description: 'What to do with guests that the read includes',
				options: [
					{ name: 'Skip', value: 'skip' },
					{ name: 'Sync Like Members', value: 'sync' },
				],
			},
		);
	}
	return properties.map((property) => ofTarget(target, property));
}

function invitationsOf(target: TargetDefinition): INodeProperties[] {
	const { invitation, nouns } = target;
	if (!invitation) return [];
	const invite: INodeProperties = {
		displayName: 'Invite by Mail',
		name: 'invite',
		type: 'options',
		default: DEFAULT_INVITATIONS.who,
		description: 'Whom to invite. Each address is invited at most once, ever; the node that applies must have Send Invitations on as well.',
		options: [
			{ name: 'Everybody Not Invited Yet', value: 'everybody', description: `Also those who had a ${nouns.record} before; whom somebody invited by hand is not known` },
			{ name: `New ${titled(nouns.records)}`, value: 'new', description: `Only those whose ${nouns.record} is created by this sync` },
			{ name: 'Nobody', value: 'nobody' },
		],
	};
	const perRun: INodeProperties = {
		displayName: 'Most Invitations in One Run',
		name: 'invitationsPerRun',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: DEFAULT_INVITATIONS.perRun,
		description: 'The others wait for the next runs, and are listed as skipped until then; who would be created and invited is not created before',
		displayOptions: { show: { target: [target.name], invite: ['new', 'everybody'] } },
	};
	return [ofTarget(target, invite), perRun];
}

function markOf(target: TargetDefinition): INodeProperties[] {
	if (!target.choices.orphaned.includes('deactivate')) return [];
	const { mark } = target.policies;
	return [
		ofTarget(target, {
			displayName: 'Mark of Those That Left',
			name: 'mark',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: target.freeFields ? 'Used where leavers are deactivated: what their records hold from then on' : 'Used where leavers are marked in a custom field',
			options: [
				{ displayName: target.freeFields ? 'Field Name' : 'Custom Field Label', name: 'label', type: 'string', default: typedFieldLabel(mark.field), description: target.freeFields ? 'Name of the field; map it as well, so that who comes back is active again' : `The label of the custom field of the ${target.nouns.record}, as it is written in the target` },
				...(target.optOut
					? [{ displayName: 'Opt Out as Well', name: 'optOut', type: 'boolean' as const, default: false, description: `Whether to opt the ${target.nouns.record} out of messages too. It stays so when somebody comes back, because nobody can tell whose wish it was.` }]
					: []),
				{ displayName: 'Value', name: 'value', type: 'string', default: mark.value },
			],
		}),
	];
}

export const planProperties: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'preview',
		options: [
			{ name: 'Apply', value: 'apply', description: 'The changes on the first output are for carrying out' },
			{ name: 'Preview', value: 'preview', description: 'The same plan, marked as a preview: nothing is written, whatever follows' },
		],
		description: 'Whether the changes may be carried out by the nodes that follow',
	},
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		// While an expression stood there, n8n would fill in the defaults of another target.
		noDataExpression: true,
		default: TARGETS[0].name,
		options: TARGET_OPTIONS,
	},
	...TARGETS.flatMap(policiesOf),
	...TARGETS.flatMap(invitationsOf),
	{
		displayName: 'Allow Held Plan',
		name: 'allowPlanId',
		type: 'string',
		default: '',
		placeholder: 'e.g. plan-3f9a0c4be1d27785a6c0',
		description: 'The ID of a held plan that you looked at and want carried out: exactly that plan, once, within 24 hours after it was first held. Any other plan is still held.',
	},
	...TARGETS.map((target) => ofTarget(target, mappingProperty(target))),
	...TARGETS.flatMap(markOf),
	{
		displayName: 'Last Activity',
		name: 'activity',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'When the day of the last activity, which moves daily for nearly everybody, is written',
		displayOptions: { show: { target: TARGETS.filter(({ sourceValues }) => sourceValues.some(({ activity }) => activity)).map(({ name }) => name) } },
		options: [
			{ displayName: 'Inactive After (Days)', name: 'inactiveAfterDays', type: 'number', typeOptions: { minValue: 1, numberPrecision: 0 }, default: DEFAULT_ACTIVITY.inactiveAfterDays, description: 'Somebody who was inactive for so long and is active again is written at once' },
			{ displayName: 'Write When It Moved by (Days)', name: 'minimumMoveDays', type: 'number', typeOptions: { minValue: 1, numberPrecision: 0 }, default: DEFAULT_ACTIVITY.minimumMoveDays },
		],
	},
	{
		displayName: 'Safeguards',
		name: 'safeguards',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		description: 'When the whole plan is held before its first write',
		displayOptions: { show: { target: targetsWith('removals', 'sourceShrank', 'identityUpdates', 'creates', 'billedChanges', 'clearedLicences') } },
		options: [
			limit('Creations', 'maxCreates', ['creates'], 'Most records that may be created while existing ones match nothing; of alerts and tickets, most in one plan (25 unless set here)'),
			limit('Creations, Percent', 'maxCreatesPercent', ['creates'], 'The same as a share of what Microsoft 365 has; the higher of the two counts'),
			limit('Lost Licences', 'minCleared', ['clearedLicences'], 'Most records whose licence field may be cleared'),
			limit('Lost Licences, Percent', 'maxClearedPercent', ['clearedLicences'], 'The same as a share of the records that show a licence; the higher of the two counts'),
			limit('Name and E-Mail Updates, Percent', 'maxIdentityUpdatesPercent', ['identityUpdates'], 'Largest share of matched records that may get another name or e-mail address'),
			limit('Percentages Count From', 'percentFrom', ['removals', 'identityUpdates'], 'With fewer records than this, percentages are not judged'),
			limit('Quantity Changes, at Least', 'minBilledChange', ['billedChanges'], 'A quantity that moves by no more than this is never held'),
			limit('Quantity Changes, Percent', 'maxBilledChangePercent', ['billedChanges'], 'How far a quantity may move'),
			limit('Removals', 'maxRemovals', ['removals'], 'Most records that may be deleted or marked as left'),
			limit('Removals, Percent', 'maxRemovalsPercent', ['removals'], 'The same as a share of the linked records; the lower of the two counts'),
			limit('Source Shrinks, at Least', 'minSourceDrop', ['sourceShrank'], 'A source that is smaller by less than this is never held'),
			limit('Source Shrinks, Percent', 'maxSourceDropPercent', ['sourceShrank'], 'How much smaller than in the last good run the source may be'),
		],
	},
];

/** A number that one of the brakes asks for; offered for the targets that have such a brake. */
function limit(displayName: string, name: keyof typeof DEFAULT_SAFEGUARDS, brakes: ReadonlyArray<Brake['code']>, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: DEFAULT_SAFEGUARDS[name],
		description,
		displayOptions: { show: { '/target': targetsWith(...brakes) } },
	};
}

function targetsWith(...brakes: ReadonlyArray<Brake['code']>): string[] {
	return TARGETS.filter((target) => target.brakes.some((brake) => brakes.includes(brake))).map(({ name }) => name);
}
