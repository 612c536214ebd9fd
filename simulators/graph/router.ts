import { segmentUnknown } from './graphFailure';
import type { GraphResource } from './graphCall';

export interface Route {
	resource: GraphResource;
	parameters: Record<string, string>;
}

/**
 * Finds the resource of a path below `/v1.0`. A literal segment wins over a parameter. The 400 for an unknown path
 * names the first segment that nothing continues.
 */
export function createRouter(resources: readonly GraphResource[]): (segments: readonly string[]) => Route {
	const root: Branch = { literal: new Map() };
	for (const resource of resources) {
		let branch = root;
		for (const segment of resource.path.split('/')) {
			if (segment.startsWith('{')) {
				branch.parameter ??= { name: segment.slice(1, -1), branch: { literal: new Map() } };
				branch = branch.parameter.branch;
			} else {
				let next = branch.literal.get(segment);
				if (!next) branch.literal.set(segment, (next = { literal: new Map() }));
				branch = next;
			}
		}
		branch.resource = resource;
	}
	return (segments) => {
		const parameters: Record<string, string> = {};
		let branch = root;
		for (const segment of segments) {
			const literal = branch.literal.get(segment);
			if (literal) {
				branch = literal;
			} else if (branch.parameter && segment !== '' && !segment.startsWith('$')) {
				parameters[branch.parameter.name] = segment;
				branch = branch.parameter.branch;
			} else {
				throw segmentUnknown(segment);
			}
		}
		if (!branch.resource) throw segmentUnknown(segments.at(-1) ?? '');
		return { resource: branch.resource, parameters };
	};
}

interface Branch {
	literal: Map<string, Branch>;
	parameter?: { name: string; branch: Branch };
	resource?: GraphResource;
}
