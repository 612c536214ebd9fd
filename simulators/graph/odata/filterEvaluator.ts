import type { EntityType } from '../entities/entityType';
import type { Comparison, FilterNode, Literal, Path } from './filterParser';

type Entity = Readonly<Record<string, unknown>>;
type Predicate = (entity: Entity) => boolean;

/**
 * Makes a filter that passed `checkFilter` into a function. The directory compares text without regard to case; a
 * comparison with something unset is false, except that it is not equal to anything but null.
 */
export function compileFilter(node: FilterNode, entity: EntityType): Predicate {
	switch (node.kind) {
		case 'and': {
			const parts = node.parts.map((part) => compileFilter(part, entity));
			return (object) => parts.every((part) => part(object));
		}
		case 'or': {
			const parts = node.parts.map((part) => compileFilter(part, entity));
			return (object) => parts.some((part) => part(object));
		}
		case 'not': {
			const part = compileFilter(node.part, entity);
			return (object) => !part(object);
		}
		case 'compare': {
			const read = reader(node.path);
			const wanted = comparable(node.literal.value, node.literal);
			return (object) => compare(comparable(read(object), node.literal), wanted, node.operator);
		}
		case 'in': {
			const read = reader(node.path);
			const wanted = new Set(node.literals.map((literal) => comparable(literal.value, literal)));
			return (object) => wanted.has(comparable(read(object), node.literals[0]));
		}
		case 'text': {
			const read = reader(node.path);
			const wanted = String(node.literal.value).toLowerCase();
			return (object) => {
				const value = read(object);
				if (typeof value !== 'string') return false;
				const text = value.toLowerCase();
				if (node.function === 'contains') return text.includes(wanted);
				return node.function === 'startswith' ? text.startsWith(wanted) : text.endsWith(wanted);
			};
		}
		case 'any': {
			const property = node.path.segments[0];
			if (!node.condition) return (object) => elements(object, property).length > 0;
			const condition = compileFilter(node.condition, entity);
			const { variable } = node;
			return (object) => elements(object, property).some((element) => condition({ [variable]: element }));
		}
	}
}

function reader(path: Path): (object: Entity) => unknown {
	const [first, second] = path.segments;
	if (path.count) return (object) => elements(object, first).length;
	if (second === undefined) return (object) => object[first];
	return (object) => {
		const parent = object[first];
		return typeof parent === 'object' && parent !== null ? (parent as Entity)[second] : undefined;
	};
}

function elements(object: Entity, property: string): readonly unknown[] {
	const value = object[property];
	return Array.isArray(value) ? value : [];
}

function comparable(value: unknown, literal: Literal): string | number | boolean | null {
	if (value === undefined || value === null) return null;
	if (literal.type === 'date') return Date.parse(String(value));
	if (typeof value === 'string') return value.toLowerCase();
	return value as number | boolean;
}

function compare(left: string | number | boolean | null, right: string | number | boolean | null, operator: Comparison): boolean {
	if (operator === 'eq') return left === right;
	if (operator === 'ne') return left !== right;
	if (left === null || right === null) return false;
	switch (operator) {
		case 'gt':
			return left > right;
		case 'ge':
			return left >= right;
		case 'lt':
			return left < right;
		case 'le':
			return left <= right;
	}
}
