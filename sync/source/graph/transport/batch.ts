import type { Clock } from '../../../http/clock';
import { retryAfterSeconds } from '../../../http/retryAfter';
import { SyncError } from '../../../model/syncError';
import { inLanes } from '../../../inLanes';
import type { GraphClient } from './client';
import { explainBrokenBatch, explainThrottled, type Circumstances } from './errors';
import type { Answer, GraphRequest } from './exchange';
import { chargeOf, waitForTurn } from './middleware/pacing';
import type { Pace } from './pacing';
import { backoffSeconds, politeSeconds, type RetryPolicy, type TimeBudget } from './waiting';

/** https://learn.microsoft.com/graph/json-batching */
const MOST_REQUESTS = 20;
/** Batches under way at once. */
const LANES = 4;

/** Statuses after which the same request may succeed; a 429 is waited out however often it comes. */
const STUMBLES = new Set([408, 424, 500, 502, 503, 504, 509]);

export interface BatchOptions {
	client: Pick<GraphClient, 'request' | 'explain' | 'tenant' | 'signal'>;
	pace: () => Pace;
	clock: Clock;
	random: () => number;
	retries: RetryPolicy;
	budget: TimeBudget;
	circumstances: (request: GraphRequest) => Circumstances;
	graphOrigin: string;
}

/** A request on its way, with what has happened to it. */
interface Step {
	request: GraphRequest;
	index: number;
	tries: number;
	throttled: number;
}

/** One answer inside a batch, as the service sends it. */
interface RawResponse {
	id?: unknown;
	status?: unknown;
	headers?: Record<string, string>;
	body?: unknown;
}

/**
 * Many small GETs, twenty on one way. Each counts against the quotas for itself and is throttled for itself, so each is
 * paced and tried again for itself.
 *
 * @returns answers in the order of the requests, whatever their status
 * @throws SyncError when a batch fails as a whole, lacks an answer, or one of its answers stays broken
 */
export async function readBatch(requests: readonly GraphRequest[], options: BatchOptions): Promise<Answer[]> {
	const answers: Answer[] = new Array(requests.length);
	let steps: Step[] = requests.map((request, index) => ({ request, index, tries: 0, throttled: 0 }));
	while (steps.length > 0) {
		const again: Array<{ step: Step; seconds: number; answer: Answer }> = [];
		const waiting = [...steps].reverse();
		await inLanes(Array.from({ length: Math.min(LANES, Math.ceil(steps.length / MOST_REQUESTS)) }), LANES, async () => {
			while (waiting.length > 0) {
				for (const { step, answer } of await sendGroup(await nextGroup(waiting, options), options)) {
					const seconds = waitBeforeRetry(step, answer, options);
					if (seconds === undefined) answers[step.index] = answer;
					else again.push({ step, seconds, answer });
				}
			}
		});
		steps = again.map(({ step }) => step);
		const longest = again.reduce<(typeof again)[number] | undefined>((most, each) => (most && most.seconds >= each.seconds ? most : each), undefined);
		if (longest) await waitFor(longest, options);
	}
	return answers;
}

/** Takes the next requests off the list: as many as may go at the same moment, since a batch arrives as one. */
async function nextGroup(waiting: Step[], { pace, budget, client }: BatchOptions): Promise<Step[]> {
	const group = [waiting.pop()!];
	await waitForTurn(pace(), group[0].request.reading, budget, client.tenant, client.signal);
	while (group.length < MOST_REQUESTS && waiting.length > 0 && pace().admit(waiting.at(-1)!.request.reading) === 0) group.push(waiting.pop()!);
	return group;
}

async function sendGroup(group: readonly Step[], options: BatchOptions): Promise<Array<{ step: Step; answer: Answer }>> {
	const { client } = options;
	const pace = options.pace();
	const first = group[0].request;
	// The requests inside are what is paced; the way itself costs nothing.
	const whole: GraphRequest = {
		reading: { ...first.reading, resourceUnits: 0, quotas: [] },
		method: 'POST',
		repeatable: true,
		address: '/$batch',
		expects: 'object',
		body: { requests: group.map(({ request }, place) => ({ id: String(place), method: 'GET', url: relative(request.address, options), ...(request.headers ? { headers: request.headers } : {}) })) },
	};
	const answer = await client.request(whole);
	if (answer.status !== 200) throw client.explain(answer, whole);
	const responses = (answer.body as { responses?: unknown }).responses;
	const byId = new Map((Array.isArray(responses) ? (responses as RawResponse[]) : []).map((response) => [String(response.id), response]));
	return group.map((step, place) => {
		const response = byId.get(String(place));
		if (typeof response?.status !== 'number' || isBroken(response, step.request)) throw explainBrokenBatch(options.circumstances(step.request), answer.requestId);
		const headers = new Headers(response.headers);
		pace.learn(step.request.reading, chargeOf(headers));
		return { step, answer: { status: response.status, headers, body: response.body, requestId: headers.get('request-id') ?? answer.requestId } };
	});
}

/** A 200 without what was asked for: it would be read as an empty list, or as something that nobody has. */
function isBroken({ status, body }: RawResponse, { expects }: GraphRequest): boolean {
	if (status !== 200 || expects === 'anything') return false;
	if (typeof body !== 'object' || body === null) return true;
	return expects === 'list' && !Array.isArray((body as { value?: unknown }).value);
}

/** Requests in a batch are named from the version on. */
function relative(address: string, { graphOrigin }: BatchOptions): string {
	return address.startsWith('/') ? address : address.replace(`${graphOrigin}/v1.0`, '');
}

/** @returns undefined when the answer is to be taken as it is */
function waitBeforeRetry(step: Step, answer: Answer, { pace, clock, random, retries }: BatchOptions): number | undefined {
	const asked = retryAfterSeconds(answer.headers.get('retry-after'), clock.now());
	const seconds = (tries: number) => (asked === undefined ? backoffSeconds(retries, tries, random) : politeSeconds(asked, random));
	if (answer.status === 429) {
		const wait = seconds(++step.throttled);
		pace().close(step.request.reading, wait * 1000);
		return wait;
	}
	if (!STUMBLES.has(answer.status) || ++step.tries >= retries.attempts) return undefined;
	return seconds(step.tries);
}

async function waitFor({ step, seconds, answer }: { step: Step; seconds: number; answer: Answer }, { client, budget, circumstances }: BatchOptions): Promise<void> {
	const error: SyncError = answer.status === 429 ? explainThrottled(circumstances(step.request)) : client.explain(answer, step.request);
	const reason = { what: error.message.replace(/\.$/, ''), code: error.code, tenantId: client.tenant, httpStatus: answer.status, requestId: answer.requestId, cause: error };
	await budget.wait(seconds, reason, client.signal);
}
