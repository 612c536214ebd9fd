import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatorClock } from '../../entra/clock';
import { EndpointHealth } from './endpointHealth';
import { postToLoopback, type PostOutcome } from './loopbackPost';
import type { NotificationSettings } from './settings';
import type { ChangeNotification } from './subscription';

const SECOND = 1000;
/** First wait between two attempts; each further one is twice as long (exponential, its base is not documented). */
const FIRST_WAIT = 10 * SECOND;
/** The service gives up after this long (contract B12). */
const LONGEST_RETRYING = 4 * 60 * 60 * SECOND;
/** New notifications for a slow endpoint come so much later (Microsoft Graph documentation, change-notifications-delivery-webhooks). */
const SLOW_ENDPOINT_DELAY = 10 * SECOND;

export interface Envelope {
	address: string;
	notification: ChangeNotification;
	/** Asked before every attempt. */
	isWanted(): boolean;
}

/** One request to an endpoint, for tests to look at. */
export interface Attempt {
	address: string;
	notifications: readonly ChangeNotification[];
	outcome: PostOutcome;
}

/** Brings notifications to their endpoints: batched by address, with retries, and less patience for slow endpoints. */
export class Delivery {
	/** Newest last; clear it with `attempts.length = 0`. */
	readonly attempts: Attempt[] = [];
	/** Given up, dropped for a slow endpoint, or lost on their way by the setting. */
	readonly undelivered: ChangeNotification[] = [];
	private queue: Envelope[] = [];
	private readonly underway = new Set<Promise<void>>();
	private scheduled: NodeJS.Immediate | undefined;
	private readonly health: EndpointHealth;
	private readonly stopping = new AbortController();

	constructor(
		clock: SimulatorClock,
		private readonly settings: Readonly<NotificationSettings>,
		private readonly ca: string,
	) {
		this.health = new EndpointHealth(clock);
	}

	/** Sends it with what else is queued in this turn of the event loop, or keeps it until `flush()`. */
	enqueue(envelope: Envelope): void {
		if (this.stopping.signal.aborted) return;
		this.queue.push(envelope);
		if (!this.settings.held) this.scheduled ??= setImmediate(() => this.sendQueued());
	}

	/** Sends everything that is queued and waits until all of it, and what is queued meanwhile, has arrived or was given up. */
	async flush(): Promise<void> {
		this.sendQueued();
		await this.idle();
	}

	/** Waits until nothing is underway and nothing is about to be sent; what is held stays. */
	async idle(): Promise<void> {
		while (this.scheduled !== undefined || this.underway.size > 0) {
			if (this.scheduled !== undefined) this.sendQueued();
			await Promise.all(this.underway);
		}
	}

	/** One request, without queue or retries. */
	async post(address: string, notifications: readonly ChangeNotification[]): Promise<PostOutcome> {
		const outcome = await postToLoopback(address, {
			contentType: 'application/json',
			body: JSON.stringify({ value: notifications }),
			timeoutMilliseconds: this.settings.answerMilliseconds,
			ca: this.ca,
			signal: this.stopping.signal,
		});
		this.attempts.push({ address, notifications, outcome });
		return outcome;
	}

	/** What is underway is cut off, and nothing is sent any more. */
	async stop(): Promise<void> {
		this.stopping.abort();
		this.queue = [];
		clearImmediate(this.scheduled);
		this.scheduled = undefined;
		await Promise.all(this.underway);
	}

	get signal(): AbortSignal {
		return this.stopping.signal;
	}

	private sendQueued(): void {
		clearImmediate(this.scheduled);
		this.scheduled = undefined;
		const byAddress = new Map<string, Envelope[]>();
		for (const envelope of this.queue) byAddress.set(envelope.address, [...(byAddress.get(envelope.address) ?? []), envelope]);
		this.queue = [];
		for (const [address, envelopes] of byAddress) {
			for (let from = 0; from < envelopes.length; from += this.settings.batchSize) {
				const delivery = this.deliver(address, envelopes.slice(from, from + this.settings.batchSize)).catch((error: unknown) => {
					if (!this.stopping.signal.aborted) throw error;
				});
				this.underway.add(delivery);
				void delivery.finally(() => this.underway.delete(delivery));
			}
		}
	}

	private async deliver(address: string, envelopes: readonly Envelope[]): Promise<void> {
		const endpoint = new URL(address).host;
		const health = this.health.of(endpoint);
		if (health === 'dropped') {
			this.undelivered.push(...envelopes.map(({ notification }) => notification));
			return;
		}
		if (health === 'slow') await this.pause(SLOW_ENDPOINT_DELAY);
		for (let wait = FIRST_WAIT, waited = 0; ; wait *= 2) {
			const notifications = envelopes.filter((each) => each.isWanted()).map(({ notification }) => notification);
			if (notifications.length === 0) return;
			const outcome = await this.post(address, notifications);
			const isTooLate = 'failure' in outcome && outcome.failure === 'timedOut';
			this.health.note(endpoint, notifications.length, isTooLate || outcome.milliseconds > this.settings.slowMilliseconds);
			if ('status' in outcome && outcome.status >= 200 && outcome.status < 300) return;
			if (waited + wait > LONGEST_RETRYING) {
				this.undelivered.push(...notifications);
				return;
			}
			await this.pause(wait);
			waited += wait;
		}
	}

	private async pause(milliseconds: number): Promise<void> {
		await delay(milliseconds / this.settings.timeLapse, undefined, { signal: this.stopping.signal });
	}
}
