import type { SimulatedRequest } from '../base/server';
import type { GraphAnswer } from './graphCall';
import { invalidQuery } from './graphFailure';

const MOST_REQUESTS = 20;

interface BatchStep {
	id: string;
	method: string;
	url: string;
	headers: Record<string, string>;
	body: unknown;
	dependsOn: string[];
}

interface BatchResult {
	id: string;
	status: number;
	headers: Record<string, string>;
	body?: unknown;
}

/**
 * Answers `$batch` (contract C): up to 20 requests, each judged, billed and refused for itself; answers come in another
 * order than the requests; what depends on a failed request gets 424.
 *
 * @param answer carries out one request
 */
export async function answerBatch(request: SimulatedRequest, answer: AnswerOne): Promise<GraphAnswer> {
	const steps = parseBatch(request.body);
	const results = new Map<string, BatchResult>();
	for (const step of steps) {
		const failed = step.dependsOn.some((id) => (results.get(id.toLowerCase())?.status ?? 424) >= 400);
		results.set(step.id.toLowerCase(), failed ? failedDependency(step.id) : await carryOut(step, request, answer));
	}
	return { status: 200, body: { responses: shuffled([...results.values()]) }, headers: { 'content-type': 'application/json' } };
}

/** Carries out one request as if it had come alone. */
type AnswerOne = (step: SimulatedRequest) => Promise<GraphAnswer & { headers: Record<string, string> }>;

async function carryOut(step: BatchStep, outer: SimulatedRequest, answer: AnswerOne): Promise<BatchResult> {
	const headers = Object.fromEntries(Object.entries(step.headers).map(([name, value]) => [name.toLowerCase(), value]));
	const url = new URL(`/v1.0${step.url.startsWith('/') ? '' : '/'}${step.url}`, outer.url.origin);
	const result = await answer({
		method: step.method.toUpperCase(),
		url,
		headers: { authorization: outer.headers.authorization ?? '', ...headers },
		body: step.body === undefined ? '' : JSON.stringify(step.body),
	});
	const sent = Object.fromEntries(
		Object.entries(result.headers)
			.filter(([name]) => BATCH_HEADERS[name] !== undefined)
			.map(([name, value]) => [BATCH_HEADERS[name], value]),
	);
	// What is no JSON travels as base64 text.
	const body = typeof result.body === 'string' ? Buffer.from(result.body).toString('base64') : result.body;
	return { id: step.id, status: result.status, headers: sent, ...(body === undefined ? {} : { body }) };
}

/** Headers that the service repeats for each request of a batch, in its spelling. */
const BATCH_HEADERS: Readonly<Record<string, string>> = {
	'cache-control': 'Cache-Control',
	'content-type': 'Content-Type',
	location: 'Location',
	'odata-version': 'OData-Version',
	'retry-after': 'Retry-After',
	'x-ms-resource-unit': 'x-ms-resource-unit',
	'x-ms-throttle-information': 'x-ms-throttle-information',
	'x-ms-throttle-limit-percentage': 'x-ms-throttle-limit-percentage',
	'x-ms-throttle-scope': 'x-ms-throttle-scope',
};

function failedDependency(id: string): BatchResult {
	return {
		id,
		status: 424,
		headers: { 'Content-Type': 'application/json' },
		body: { error: { code: 'FailedDependency', message: 'Failed Dependency' } },
	};
}

function parseBatch(text: string): BatchStep[] {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		throw invalidQuery('Invalid batch payload format.');
	}
	const requests = (body as { requests?: unknown } | null)?.requests;
	if (!Array.isArray(requests) || requests.length === 0) throw invalidQuery('Invalid batch payload format.');
	if (requests.length > MOST_REQUESTS) throw invalidQuery(`Number of batch request steps exceeds the maximum value of ${MOST_REQUESTS}.`);
	const ids = new Set<string>();
	return requests.map((raw: unknown) => {
		const { id, method, url, headers, body: stepBody, dependsOn } = (raw ?? {}) as Record<string, unknown>;
		if (typeof id !== 'string' || id === '' || typeof method !== 'string' || typeof url !== 'string') {
			throw invalidQuery('Invalid batch payload format.');
		}
		if (/^https?:|^\/?(v1\.0|beta|\$batch)(\/|$)/i.test(url)) throw invalidQuery(`Invalid batch request url '${url}'.`);
		if (ids.has(id.toLowerCase())) throw invalidQuery(`The request id ${id} has duplicates in the batch request.`);
		ids.add(id.toLowerCase());
		const needs = Array.isArray(dependsOn) ? dependsOn.map(String) : [];
		for (const need of needs) {
			if (!ids.has(need.toLowerCase())) throw invalidQuery(`Request ${id} depends on ${need}, which does not come before it.`);
		}
		const sent = (headers ?? {}) as Record<string, string>;
		if (stepBody !== undefined && !Object.keys(sent).some((name) => name.toLowerCase() === 'content-type')) {
			throw invalidQuery(`Request ${id} has a body and no Content-Type header.`);
		}
		return { id, method, url, headers: sent, body: stepBody, dependsOn: needs };
	});
}

/** The service promises no order. Here it is the same for the same batch, and not the order of the requests. */
function shuffled(results: BatchResult[]): BatchResult[] {
	return [...results.filter((_, index) => index % 2 === 1), ...results.filter((_, index) => index % 2 === 0).reverse()];
}
