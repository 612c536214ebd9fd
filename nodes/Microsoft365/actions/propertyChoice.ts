import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ReadableProperty } from '../../../sync/source/graph/transport/reading';
import { listOf } from '../../checkedParameters';

/** Which properties of a wide record are given. */
export function propertiesParameter(properties: readonly ReadableProperty[], alwaysGiven: string): INodeProperties {
	return {
		displayName: 'Properties',
		name: 'properties',
		type: 'multiOptions',
		options: [...properties].sort((a, b) => a.label.localeCompare(b.label, 'en')).map(({ label, name, description }) => ({ name: label, value: name, description })),
		default: [...defaults(properties)],
		description: `What to give of each record; ${alwaysGiven} always comes along`,
	};
}

export function propertiesOfItem(context: IExecuteFunctions, itemIndex: number, properties: readonly ReadableProperty[]): string[] {
	return listOf(context.getNodeParameter('properties', itemIndex, defaults(properties)));
}

/**
 * Leaves out of each record what was not chosen.
 *
 * @param properties the ones to choose from; whatever else a record has stays
 */
export function onlyChosen<T extends object>(records: readonly T[], properties: readonly ReadableProperty[], chosen: readonly string[]): Array<Partial<T>> {
	const left = properties.map(({ name }) => name).filter((name) => !chosen.includes(name));
	if (left.length === 0) return [...records];
	return records.map((record) => {
		const kept: Partial<T> = { ...record };
		for (const name of left) delete kept[name as keyof T];
		return kept;
	});
}

function defaults(properties: readonly ReadableProperty[]): string[] {
	return properties.filter(({ byDefault }) => byDefault).map(({ name }) => name);
}
