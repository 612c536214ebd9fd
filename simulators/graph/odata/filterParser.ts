import { invalidQuery } from '../graphFailure';
import { tokenize, type LiteralType, type Token } from './tokenizer';

export interface Literal {
	type: LiteralType;
	value: string | number | boolean | null;
}

/** `mail`, `assignedLicenses/$count`, `signInActivity/lastSignInDateTime`, or below a lambda `x/skuId` and `x`. */
export interface Path {
	segments: string[];
	/** Ends in `/$count`. */
	count: boolean;
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'startswith' | 'endswith' | 'contains';

export type FilterNode =
	| { kind: 'and' | 'or'; parts: FilterNode[] }
	| { kind: 'not'; part: FilterNode }
	| { kind: 'compare'; operator: Comparison; path: Path; literal: Literal }
	| { kind: 'in'; path: Path; literals: Literal[] }
	| { kind: 'text'; function: TextFunction; path: Path; literal: Literal }
	| { kind: 'any'; path: Path; variable: string; condition: FilterNode | undefined };

const COMPARISONS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const TEXT_FUNCTIONS: readonly string[] = ['startswith', 'endswith', 'contains'];

/** Parses a `$filter` of the OData subset that directory objects know. Throws Graph's 400 for anything else. */
export function parseFilter(filter: string): FilterNode {
	return new FilterParser(filter).parse();
}

class FilterParser {
	private readonly tokens: Token[];
	private next = 0;

	constructor(private readonly filter: string) {
		this.tokens = tokenize(filter);
	}

	parse(): FilterNode {
		const node = this.or();
		if (this.peek().kind !== 'end') this.fail();
		return node;
	}

	private or(): FilterNode {
		const parts = [this.and()];
		while (this.takeWord('or')) parts.push(this.and());
		return parts.length === 1 ? parts[0] : { kind: 'or', parts };
	}

	private and(): FilterNode {
		const parts = [this.unary()];
		while (this.takeWord('and')) parts.push(this.unary());
		return parts.length === 1 ? parts[0] : { kind: 'and', parts };
	}

	private unary(): FilterNode {
		if (this.takeWord('not')) return { kind: 'not', part: this.unary() };
		if (this.takeMark('(')) {
			const inner = this.or();
			this.expectMark(')');
			return inner;
		}
		return this.condition();
	}

	private condition(): FilterNode {
		const token = this.peek();
		if (token.kind === 'word' && TEXT_FUNCTIONS.includes(token.text.toLowerCase()) && this.isMark(1, '(')) {
			return this.textFunction(token.text.toLowerCase() as TextFunction);
		}
		const path = this.path();
		if (this.startsLambda()) return this.lambda(path);
		if (this.takeWord('in')) return { kind: 'in', path, literals: this.list() };
		const operator = this.peek();
		if (operator.kind !== 'word' || !COMPARISONS.includes(operator.text.toLowerCase())) return this.fail();
		this.next++;
		return { kind: 'compare', operator: operator.text.toLowerCase() as Comparison, path, literal: this.literal() };
	}

	private textFunction(name: TextFunction): FilterNode {
		this.next += 2;
		const path = this.path();
		this.expectMark(',');
		const literal = this.literal();
		this.expectMark(')');
		return { kind: 'text', function: name, path, literal };
	}

	/** Reads up to the operator, or up to the `any` of a lambda. */
	private path(): Path {
		const segments: string[] = [];
		do {
			const token = this.peek();
			if (token.kind !== 'word') return this.fail();
			if (segments.length > 0 && this.startsLambda()) break;
			this.next++;
			if (token.text === '$count') {
				if (segments.length === 0) this.fail();
				return { segments, count: true };
			}
			segments.push(token.text);
		} while (this.takeMark('/'));
		return { segments, count: false };
	}

	private startsLambda(): boolean {
		const token = this.peek();
		return token.kind === 'word' && token.text === 'any' && this.isMark(1, '(');
	}

	private lambda(path: Path): FilterNode {
		this.next += 2;
		if (this.takeMark(')')) return { kind: 'any', path, variable: '', condition: undefined };
		const variable = this.peek();
		if (variable.kind !== 'word') return this.fail();
		this.next++;
		this.expectMark(':');
		const condition = this.or();
		this.expectMark(')');
		return { kind: 'any', path, variable: variable.text, condition };
	}

	private list(): Literal[] {
		this.expectMark('(');
		const literals = [this.literal()];
		while (this.takeMark(',')) literals.push(this.literal());
		this.expectMark(')');
		return literals;
	}

	private literal(): Literal {
		const token = this.peek();
		if (token.kind !== 'literal') return this.fail();
		this.next++;
		return { type: token.type, value: token.value };
	}

	private peek(ahead = 0): Token {
		return this.tokens[Math.min(this.next + ahead, this.tokens.length - 1)];
	}

	private isMark(ahead: number, text: string): boolean {
		const token = this.peek(ahead);
		return token.kind === 'mark' && token.text === text;
	}

	private takeMark(text: string): boolean {
		if (!this.isMark(0, text)) return false;
		this.next++;
		return true;
	}

	private expectMark(text: string): void {
		if (!this.takeMark(text)) this.fail();
	}

	private takeWord(text: string): boolean {
		const token = this.peek();
		if (token.kind !== 'word' || token.text.toLowerCase() !== text) return false;
		this.next++;
		return true;
	}

	private fail(): never {
		throw invalidQuery(`Invalid filter clause: Syntax error at position ${this.peek().at} in '${this.filter}'.`);
	}
}
