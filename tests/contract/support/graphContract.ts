import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import openapi from '../data/graph-openapi-subset.json';
import type { Answer, Json } from '../../unit/simulators/graph/setup';

export type Schema = Record<string, Json>;

/** Casts have no path of their own in the contract: they answer like the list of what they cast to. */
const SAME_AS: Record<string, string> = {
	'groups/{id}/members/microsoft.graph.user': 'users',
	'groups/{id}/transitiveMembers/microsoft.graph.user': 'users',
	'groups/$count': 'users/$count',
	'users/{id}/mailboxSettings/userPurpose': 'users/{id}/mailboxSettings',
	'devices/$count': 'users/$count',
	'devices/{id}': 'devices',
	// Not in the subset; documented as a list of directory objects: https://learn.microsoft.com/graph/api/application-list-owners
	'applications/{id}/owners': 'devices/{id}/registeredOwners',
};

/** Single objects that the contract describes in lists only. */
const SINGLE: Record<string, string> = { 'devices/{id}': 'microsoft.graph.device' };

export type Method = 'get' | 'post' | 'patch' | 'delete';

/** Reading one subscription has no operation in the contract: it answers as its PATCH does. */
const READ_LIKE: Record<string, Method> = { 'subscriptions/{id}': 'patch' };

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
for (const format of ['int32', 'int64', 'double', 'float', 'decimal', 'base64url', 'binary', 'duration']) ajv.addFormat(format, true);
const root = strict(openapi as Schema);
ajv.addSchema({ $id: 'graph', ...root });

/**
 * OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, and an object may hold nothing that the contract does not
 * name, so that a misspelt property is an error.
 */
function strict(schema: Json): Json {
	if (Array.isArray(schema)) return schema.map(strict);
	if (typeof schema !== 'object' || schema === null) return schema;
	const copy: Schema = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'example' ? value : strict(value)]));
	// A delta object is two in one: what neither part names is an error, what the other one names is not.
	if (schema.allOf?.length > 1) return strict(merged(schema.allOf));
	if (copy.$ref) return { $ref: `graph${copy.$ref}` };
	if (copy.type === 'object' && copy.properties && copy.additionalProperties === undefined && !copy.properties.code) {
		copy.additionalProperties = false;
		copy.patternProperties = { '^@odata\\.': {} };
	}
	if (copy.nullable === true) {
		delete copy.nullable;
		return { anyOf: [copy, { type: 'null' }] };
	}
	return copy;
}

function merged(parts: readonly Schema[]): Schema {
	const whole = parts.map((part) => (part.$ref ? (openapi as Schema).components.schemas[part.$ref.split('/').at(-1)] : part));
	return { ...Object.assign({}, ...whole), properties: Object.assign({}, ...whole.map(({ properties }) => properties)) };
}

const compiled = new Map<string, ValidateFunction>();
function validatorAt(pointer: string): ValidateFunction {
	let validate = compiled.get(pointer);
	if (!validate) compiled.set(pointer, (validate = ajv.compile({ $ref: `graph#${pointer}` })));
	return validate;
}

/** The value is what the contract has at this JSON pointer. */
export function expectValid(pointer: string, value: unknown, what: string): void {
	const validate = validatorAt(pointer);
	if (!validate(value)) throw new Error(`${what}: ${ajv.errorsText(validate.errors?.slice(0, 5))}\n${JSON.stringify(value).slice(0, 500)}`);
}

/** A key as a part of a JSON pointer (RFC 6901). */
export const escape = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** The answer to a request below `/v1.0/` is one that the contract allows at this path. */
export function expectContract(path: string, answer: Answer, method: Method = READ_LIKE[path] ?? 'get'): void {
	const operationPath = `/v1.0/${SAME_AS[path] ?? path}`;
	const operation = (openapi as Schema).paths[operationPath]?.[method] as Schema | undefined;
	if (!operation) throw new Error(`The contract has no ${method.toUpperCase()} ${operationPath}`);
	for (const header of ['request-id', 'client-request-id', 'x-ms-ags-diagnostic']) expect(answer.headers.get(header)).toBeTruthy();
	if (answer.status >= 400) {
		// 501 is the contract's text (B0), not in its OpenAPI.
		if (answer.status !== 501) expect(Object.keys(operation.responses)).toContain(String(answer.status));
		expectValid('/components/schemas/ODataError', answer.body, `${path} ${answer.status}`);
		return;
	}
	const response = operation.responses[String(answer.status)] as Schema | undefined;
	if (!response) throw new Error(`The contract has no ${answer.status} for ${method.toUpperCase()} ${operationPath}`);
	if (!response.content) {
		expect(answer.body).toBe('');
		if (answer.status === 302) expect(answer.headers.get('location')).toMatch(/^https:/);
		return;
	}
	const [type] = Object.keys(response.content);
	expect(answer.headers.get('content-type')).toContain(type);
	const pointer = `/paths/${escape(operationPath)}/${method}/responses/${answer.status}/content/${escape(type)}/schema`;
	if (path.endsWith('/userPurpose')) {
		expectValid('/components/schemas/microsoft.graph.userPurpose', answer.body.value, path);
		return;
	}
	if (SINGLE[path]) return expectValid(`/components/schemas/${SINGLE[path]}`, answer.body, path);
	const members = /embers$|\/registered|\/authentication\/methods$/.test(operationPath);
	// The contract types members as directoryObject; each is held to its own type instead.
	const body = members ? { ...answer.body, value: [] } : type === 'text/plain' ? Number(answer.body) : answer.body;
	expectValid(pointer, body, path);
	if (members) {
		for (const member of answer.body.value) expectValid(`/components/schemas/${member['@odata.type'].slice(1)}`, member, path);
	}
}
