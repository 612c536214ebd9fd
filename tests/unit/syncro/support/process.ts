import type { Transport } from '../../../../sync/http/transport';
import type { Ledger } from '../../../../sync/ledger/ledger';

/** The n8n process: it lives until its boundary is reached, and from then on nothing of it does anything. */
export class Process {
	passed = 0;
	dead = false;

	/** @param killAt boundaries that are passed before it dies; each call has one before and one after it */
	constructor(private readonly killAt = Infinity) {}

	async call<T>(work: () => Promise<T>): Promise<T> {
		this.boundary();
		const result = await work();
		this.boundary();
		return result;
	}

	/** Each request is a call of it. */
	transport(real: Transport): Transport {
		return async (url, init) =>
			await this.call(async () => {
				const response = await real(url, init);
				const text = await response.text();
				return new Response(response.status === 204 ? null : text, { status: response.status, headers: response.headers });
			});
	}

	/** Each step of the ledger is a call of it. */
	ledger<L extends Ledger>(real: L): L {
		return new Proxy(real, {
			get: (target, name) => {
				const method = target[name as keyof L] as (...values: unknown[]) => Promise<unknown>;
				return typeof method === 'function' ? async (...values: unknown[]) => await this.call(async () => await method.apply(target, values)) : method;
			},
		});
	}

	private boundary(): void {
		if (this.dead || this.passed++ >= this.killAt) {
			this.dead = true;
			throw new Error('killed');
		}
	}
}
