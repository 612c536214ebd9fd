import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import openApi from '../data/syncro-openapi.json';

export interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema?: { type?: string };
}

export interface BodySchema {
	type: string;
	properties: Record<string, { type?: string; format?: string; enum?: unknown[]; items?: { type?: string } }>;
	required?: string[];
}

export interface Operation {
	method: string;
	/** As the specification writes it, such as `/contacts/{id}`. */
	template: string;
	parameters: Parameter[];
	/** Missing where the request has no body. */
	body?: BodySchema;
	responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

interface OperationSpec {
	parameters?: Parameter[];
	requestBody?: RequestBody | { $ref: string };
	responses: Operation['responses'];
}
interface RequestBody {
	content: Record<string, { schema: BodySchema }>;
}

const bodies = openApi.components.requestBodies as unknown as Record<string, RequestBody>;

/** Every operation; a path without parameters goes before one that has any: /customers/autocomplete is no id. */
export const operations: Operation[] = Object.entries(openApi.paths as unknown as Record<string, Record<string, OperationSpec>>)
	.sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))
	.flatMap(([template, methods]) =>
		Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => ({
			method: method.toUpperCase(),
			template,
			parameters,
			body: resolved(requestBody)?.content['application/json']?.schema,
			responses,
		})),
	);

function resolved(body: OperationSpec['requestBody']): RequestBody | undefined {
	return body && '$ref' in body ? bodies[body.$ref.replace('#/components/requestBodies/', '')] : body;
}

/** The operation of a request, and the values in its path. */
export function operationOf(method: string, pathname: string): { operation: Operation; values: Record<string, string> } | undefined {
	const path = pathname.replace(/^\/api\/v1/, '');
	for (const operation of operations) {
		if (operation.method !== method) continue;
		const names = [...operation.template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		const match = new RegExp(`^${operation.template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
		if (match) return { operation, values: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])) };
	}
	return undefined;
}

export const ajv = addFormats(new Ajv({ strict: false, allErrors: true, coerceTypes: false }));

/** OpenAPI 3.0 writes "or null" as `nullable`. */
export function nullable(schema: object): object {
	return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		const { nullable: isNullable, type, ...rest } = value as { nullable?: boolean; type?: string };
		return isNullable === true && typeof type === 'string' ? { ...rest, type: [type, 'null'] } : value;
	}) as object;
}
