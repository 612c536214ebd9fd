import type { EntityType, FilterSupport, PropertyType, Support } from '../entities/entityType';
import { invalidQuery, needsAdvancedQuery, notIndexed, unsupportedQuery } from '../graphFailure';
import type { FilterNode, Literal, Path } from './filterParser';

/** Without an advanced query the directory takes so many alternatives in one filter. */
const MOST_ALTERNATIVES = 15;

const TEXT_OPERATORS = { startswith: 'startsWith', endswith: 'endsWith', contains: 'contains' } as const;

/** OData's names of the types, for its complaints. */
const EDM: Record<string, string> = {
	text: 'Edm.String',
	guid: 'Edm.Guid',
	date: 'Edm.DateTimeOffset',
	number: 'Edm.Int32',
	boolean: 'Edm.Boolean',
};

/**
 * Checks a filter against what the directory supports for this kind of object (contract B0), and throws Graph's 400
 * where it does not.
 *
 * @param advanced the request has the header `ConsistencyLevel: eventual` and `$count=true`
 */
export function checkFilter(node: FilterNode, entity: EntityType, advanced: boolean): void {
	const checker = new Checker(entity);
	checker.visit(node);
	// signInActivity lies in another store: no join with the directory's own properties.
	if (checker.properties.has('signInActivity') && checker.properties.size > 1) {
		throw unsupportedQuery('Filtering on signInActivity cannot be combined with other properties.');
	}
	if (entity.outsideDirectory) return;
	if (checker.advanced && !advanced) throw needsAdvancedQuery();
	const alternatives = mostAlternatives(node);
	if (alternatives > MOST_ALTERNATIVES && !advanced) {
		throw unsupportedQuery(
			`Too many child clauses specified in search filter expression containing 'OR' operators: ${alternatives}. Max allowed: ${MOST_ALTERNATIVES}.`,
		);
	}
}

class Checker {
	advanced = false;
	readonly properties = new Set<string>();

	constructor(private readonly entity: EntityType) {}

	visit(node: FilterNode, lambda?: { variable: string; property: string }): void {
		switch (node.kind) {
			case 'and':
			case 'or':
				for (const part of node.parts) this.visit(part, lambda);
				return;
			case 'not':
				this.advanced = true;
				this.visit(node.part, lambda);
				return;
			case 'any':
				this.any(node, lambda);
				return;
			case 'in':
				for (const literal of node.literals) this.check(node.path, literal, 'in', lambda);
				return;
			case 'text':
				if (node.function === 'contains' && !this.entity.outsideDirectory) throw unsupportedQuery("Unsupported property filter clause operator 'Contains'.");
				this.check(node.path, node.literal, TEXT_OPERATORS[node.function], lambda);
				return;
			case 'compare':
				if (node.operator === 'ne' || node.operator === 'gt' || node.operator === 'lt') this.advanced = true;
				this.check(node.path, node.literal, node.operator === 'eq' || node.operator === 'ne' ? 'eq' : 'range', lambda);
		}
	}

	private any(node: FilterNode & { kind: 'any' }, lambda?: { variable: string; property: string }): void {
		const property = node.path.segments[0];
		const type = this.typeOf(property);
		if (lambda || node.path.segments.length > 1 || (type !== 'texts' && type !== 'objects')) {
			throw invalidQuery(`Invalid filter clause: Any/All may only be used following a collection, and '${node.path.segments.join('/')}' is none.`);
		}
		this.supportOf(property);
		this.properties.add(property);
		if (node.condition) this.visit(node.condition, { variable: node.variable, property });
		else this.require(this.supportOf(property).count, property);
	}

	private check(path: Path, literal: Literal, operator: keyof FilterSupport, lambda?: { variable: string; property: string }): void {
		const [head, ...below] = path.segments;
		const property = lambda && head === lambda.variable ? lambda.property : head;
		if (lambda && head !== lambda.variable) throw invalidQuery(`Invalid filter clause: '${head}' is not the variable of the lambda expression.`);
		const type = this.leafType(property, below, path.count, lambda !== undefined);
		this.properties.add(property);
		const support = this.supportOf(property);
		this.requireType(type, literal, operator);
		if (path.count) this.require(support.count, property);
		else this.require(literal.type === 'null' ? support.null : support[operator], property);
	}

	private leafType(property: string, below: string[], count: boolean, inLambda: boolean): PropertyType {
		const type = this.typeOf(property);
		const collection = type === 'texts' || type === 'objects';
		if (count) {
			if (!collection || inLambda || below.length > 0) throw invalidQuery(`Invalid filter clause: '${property}' has no $count.`);
			return 'number';
		}
		if (collection !== inLambda) {
			throw invalidQuery('Invalid filter clause: A collection can only be filtered with any, and any needs a collection.');
		}
		if (type === 'texts') return below.length === 0 ? 'text' : missing(below.join('/'), 'Edm.String');
		if (type === 'objects' || type === 'object') {
			const member = below.length === 1 ? this.entity.members?.[property]?.[below[0]] : undefined;
			return member ?? missing(below.join('/'), `${this.entity.name}.${property}`);
		}
		return below.length === 0 ? type : missing(below.join('/'), EDM[type]);
	}

	private requireType(type: PropertyType, literal: Literal, operator: keyof FilterSupport): void {
		if (literal.type === 'null' && operator === 'eq') return;
		if (operator === 'startsWith' || operator === 'endsWith' || operator === 'contains') {
			if (type === 'text' && literal.type === 'text') return;
			throw invalidQuery(`Invalid filter clause: No function signature for the function with name '${operator.toLowerCase()}' matches the specified arguments.`);
		}
		if (type === literal.type) return;
		throw invalidQuery(
			`Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${EDM[type]}' and '${EDM[literal.type] ?? 'null'}' for operator kind '${operator === 'eq' || operator === 'in' ? 'Equal' : 'GreaterThanOrEqual'}'.`,
		);
	}

	private typeOf(property: string): PropertyType {
		return this.entity.properties[property] ?? missing(property, this.entity.name);
	}

	private supportOf(property: string): FilterSupport {
		const support = this.entity.filter[property];
		if (!support) throw notIndexed();
		return support;
	}

	private require(support: Support | undefined, property: string): void {
		if (!support) {
			const resource = this.entity.name.split('.').at(-1) ?? '';
			throw unsupportedQuery(
				`Unsupported or invalid query filter clause specified for property '${property}' of resource '${resource[0].toUpperCase()}${resource.slice(1)}'.`,
			);
		}
		if (support === 'advanced') this.advanced = true;
	}
}

function missing(property: string, owner: string): never {
	throw invalidQuery(`Invalid filter clause: Could not find a property named '${property}' on type '${owner}'.`);
}

/** The widest choice anywhere in the filter; the values of an `in` are alternatives as well. */
function mostAlternatives(node: FilterNode): number {
	switch (node.kind) {
		case 'or':
			return node.parts.reduce((sum, part) => sum + (part.kind === 'in' ? part.literals.length : 1), 0);
		case 'and':
			return Math.max(...node.parts.map(mostAlternatives));
		case 'not':
			return mostAlternatives(node.part);
		case 'in':
			return node.literals.length;
		case 'any':
			return node.condition ? mostAlternatives(node.condition) : 0;
		default:
			return 0;
	}
}
