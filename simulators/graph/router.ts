import { methodNotAllowed, segmentUnknown } from './graphFailure';
import type { GraphResource } from './graphCall';

export interface Route {
	resource: GraphResource;
	parameters: Record<string, string>;
}

/**
 * Finds the resource of a method and a path below `/v1.0`. A literal segment wins over a pattern, a pattern over a
 * parameter. The 400 for an unknown path names the first segment that nothing continues; a path that exists for other
 * methods only is answered with 405.
 */
export function createRouter(resources: readonly GraphResource[]): (method: string, segments: readonly string[]) => Route {
	const root = newBranch();
	for (const resource of resources) {
		let branch = root;
		for (const segment of resource.path.split('/')) branch = grow(branch, segment);
		branch.resources.set(resource.method ?? 'GET', resource);
	}
	return (method, segments) => {
		const parameters: Record<string, string> = {};
		let branch = root;
		for (const segment of segments) {
			const next = follow(branch, segment, parameters);
			if (!next) throw segmentUnknown(segment);
			branch = next;
		}
		if (branch.resources.size === 0) throw segmentUnknown(segments.at(-1) ?? '');
		const resource = branch.resources.get(method);
		if (!resource) throw methodNotAllowed();
		return { resource, parameters };
	};
}

interface Branch {
	literal: Map<string, Branch>;
	/** Segments such as `getReport(period='{period}')`. */
	patterns: Array<{ text: string; expression: RegExp; names: string[]; branch: Branch }>;
	parameter?: { name: string; branch: Branch };
	/** By method. */
	resources: Map<string, GraphResource>;
}

function newBranch(): Branch {
	return { literal: new Map(), patterns: [], resources: new Map() };
}

function grow(branch: Branch, segment: string): Branch {
	if (/^\{\w+\}$/.test(segment)) {
		branch.parameter ??= { name: segment.slice(1, -1), branch: newBranch() };
		return branch.parameter.branch;
	}
	if (segment.includes('{')) {
		let pattern = branch.patterns.find(({ text }) => text === segment);
		if (!pattern) {
			const names = [...segment.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
			const parts = segment.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
			pattern = { text: segment, names, expression: new RegExp(`^${parts.join("([^']*)")}$`), branch: newBranch() };
			branch.patterns.push(pattern);
		}
		return pattern.branch;
	}
	let next = branch.literal.get(segment);
	if (!next) branch.literal.set(segment, (next = newBranch()));
	return next;
}

function follow(branch: Branch, segment: string, parameters: Record<string, string>): Branch | undefined {
	const literal = branch.literal.get(segment);
	if (literal) return literal;
	for (const { expression, names, branch: next } of branch.patterns) {
		const match = expression.exec(segment);
		if (!match) continue;
		names.forEach((name, index) => (parameters[name] = match[index + 1]));
		return next;
	}
	if (!branch.parameter || segment === '' || segment.startsWith('$')) return undefined;
	parameters[branch.parameter.name] = segment;
	return branch.parameter.branch;
}
