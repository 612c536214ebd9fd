/** How notifications travel. Change it while the simulator runs. */
export interface NotificationSettings {
	/** Also takes `http:` addresses of this machine, for an n8n of the tests. The real service insists on https. */
	allowHttp: boolean;
	/** Keeps notifications until `flush()`, instead of sending them as soon as the change is made. */
	held: boolean;
	/** Loses every change notification on its way; nobody is told. */
	lost: boolean;
	/** Sends each change notification twice. */
	duplicates: boolean;
	/** Notifications per request at most. */
	batchSize: number;
	/** Waits that the service makes between attempts are so many times shorter: 4 hours become 1.44 s. */
	timeLapse: number;
	/** An endpoint that did not answer a notification by then is tried again. */
	answerMilliseconds: number;
	/** Slower answers than this make an endpoint a slow one. */
	slowMilliseconds: number;
	/** An endpoint that did not answer the handshake by then is refused. */
	handshakeMilliseconds: number;
	/** Subscriptions at most; one more is answered with 403. */
	quotas: { perApp: number; perTenant: number; perAppAndTenant: number };
}

/** As the service does it (contract B12), but for the time lapse. */
export function defaultSettings(): NotificationSettings {
	return {
		allowHttp: false,
		held: false,
		lost: false,
		duplicates: false,
		batchSize: 100,
		timeLapse: 10_000,
		answerMilliseconds: 3_000,
		slowMilliseconds: 2_900,
		handshakeMilliseconds: 10_000,
		quotas: { perApp: 50_000, perTenant: 1_000, perAppAndTenant: 100 },
	};
}
