import { transportFor, type Transport } from '../http/transport';
import { SyncError } from '../model/syncError';
import { explainNetworkFailure } from '../source/graph/transport/networkFailure';
import type { Secret, SecretSink } from './sink';

export interface HttpsSinkSettings {
	/** Absolute https address that takes every message. */
	address: string;
	/** Header that proves who sends. */
	headerName: string;
	headerValue: string;
	/** PEM, trusted besides the public certificate authorities. */
	caCertificate?: string;
	transport?: Transport;
	signal?: AbortSignal;
	/** Seconds for one message. Default 30. */
	requestSeconds?: number;
}

/** The messages that the address gets, each as JSON by POST. */
type Message = ({ action: 'deliver' } & Secret) | { action: 'withdraw'; reference: string } | { action: 'test' };

/** Sends secrets to an address of the operator's: a workflow with a webhook, a vault, a function. */
export interface HttpsSink extends SecretSink {
	/** Whether the address answers and lets us in; nothing secret is sent. @throws SyncError that names what is wrong */
	test(): Promise<void>;
}

/** @throws SyncError (configuration) for an address that is not https, or without a header */
export function httpsSink(settings: HttpsSinkSettings): HttpsSink {
	const url = URL.parse(settings.address.trim());
	if (url?.protocol !== 'https:') {
		throw wrong(settings.address.trim() === '' ? 'The secret sink has no address.' : 'The address of the secret sink is not an https address.', 'address', 'Enter the whole address in the Secret Sink credential, beginning with https://. Passwords are sent there.');
	}
	const headerName = settings.headerName.trim();
	if (!/^[\w!#$%&'*+.^`|~-]+$/.test(headerName) || settings.headerValue.trim() === '') {
		throw wrong('The secret sink has no header by which it knows who sends.', 'header', 'Enter the name and the value of a header in the Secret Sink credential, for example Authorization and Bearer followed by a token.');
	}
	const transport = settings.transport ?? transportFor({ caCertificates: settings.caCertificate });
	const seconds = settings.requestSeconds ?? 30;
	const name = `the secret sink ${url.host}`;

	async function send(message: Message): Promise<number> {
		const timeout = AbortSignal.timeout(seconds * 1000);
		try {
			const response = await transport(url!.href, {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept: 'application/json', [headerName]: settings.headerValue.trim() },
				body: JSON.stringify(message),
				// A redirection would carry the password to another place.
				redirect: 'manual',
				signal: settings.signal ? AbortSignal.any([settings.signal, timeout]) : timeout,
			});
			// What it says is not for us, and may hold what was sent.
			await response.body?.cancel();
			return response.status;
		} catch (error) {
			settings.signal?.throwIfAborted();
			const failure = explainNetworkFailure(error);
			throw new SyncError(`${capital(name)} did not answer: ${failure.text}.`, { class: failure.final ? 'configuration' : 'unavailable', code: `secretSink.${failure.code}`, remedy: failure.remedy });
		}
	}

	async function expectSuccess(message: Message): Promise<void> {
		const status = await send(message);
		if (status >= 200 && status <= 299) return;
		throw refused(name, status);
	}

	return {
		name,
		async deliver(secret) {
			await expectSuccess({ action: 'deliver', ...secret });
			return secret.reference;
		},
		async withdraw(reference) {
			const status = await send({ action: 'withdraw', reference });
			if ((status < 200 || status > 299) && status !== 404 && status !== 410) throw refused(name, status);
		},
		test: async () => await expectSuccess({ action: 'test' }),
	};
}

function refused(name: string, status: number): SyncError {
	const at = `${capital(name)} answered with status ${status}`;
	const details = { code: `secretSink.${status}`, httpStatus: status };
	if (status === 401 || status === 403) {
		return new SyncError(`${at}: it does not let this n8n in.`, { ...details, class: 'configuration', remedy: 'Check the header name and value in the Secret Sink credential.' });
	}
	if (status === 404 || status === 405 || status === 410) {
		return new SyncError(`${at}: nothing takes secrets at this address.`, { ...details, class: 'configuration', remedy: 'Check the address in the Secret Sink credential, and that its receiver is switched on and takes POST.' });
	}
	if (status >= 300 && status <= 399) {
		return new SyncError(`${at}, a redirection; passwords are not sent on.`, { ...details, class: 'configuration', remedy: 'Enter the final address in the Secret Sink credential.' });
	}
	return new SyncError(`${at}.`, { ...details, class: status >= 500 || status === 429 ? 'unavailable' : 'refused', remedy: 'Look into the log of the receiver, then run again.' });
}

function wrong(message: string, what: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'configuration', code: `secretSink.${what}`, remedy });
}

function capital(text: string): string {
	return text[0].toUpperCase() + text.slice(1);
}
