import type { SimulatorClock } from '../../entra/clock';

/** `slow`: what is new comes late. `dropped`: what is new is lost. */
export type Health = 'well' | 'slow' | 'dropped';

const WINDOW_MILLISECONDS = 600_000;
const JUDGED_FROM = 100;

/**
 * How promptly each endpoint answered within the last ten minutes. From 100 notifications on, 10 % slow answers make it
 * slow (contract B12), and more than 15 % let the service drop what is new (Microsoft Graph documentation,
 * change-notifications-delivery-webhooks).
 */
export class EndpointHealth {
	private readonly answers = new Map<string, Array<{ at: number; notifications: number; isSlow: boolean }>>();

	constructor(private readonly clock: SimulatorClock) {}

	note(endpoint: string, notifications: number, isSlow: boolean): void {
		const answers = this.answers.get(endpoint) ?? [];
		answers.push({ at: this.clock.now(), notifications, isSlow });
		this.answers.set(endpoint, answers);
	}

	of(endpoint: string): Health {
		const recent = (this.answers.get(endpoint) ?? []).filter(({ at }) => at > this.clock.now() - WINDOW_MILLISECONDS);
		this.answers.set(endpoint, recent);
		const count = (answers: typeof recent): number => answers.reduce((sum, { notifications }) => sum + notifications, 0);
		const all = count(recent);
		if (all < JUDGED_FROM) return 'well';
		const share = count(recent.filter(({ isSlow }) => isSlow)) / all;
		return share > 0.15 ? 'dropped' : share >= 0.1 ? 'slow' : 'well';
	}
}
