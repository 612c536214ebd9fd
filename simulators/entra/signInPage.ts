import type { SimulatedResponse } from '../base/server';

/** Query parameter by which the page's links come back; Entra posts forms with cookies instead. */
export const CHOICE = 'choice';

/** The page between the app and its code: who signs in, what the app asks for, and the links `#accept` and `#cancel`. */
export function signInPage(content: {
	app: string;
	/** User principal name; undefined: nobody sits at the browser, and there is nothing to accept. */
	user?: string;
	/** Permissions that nobody consented to yet. */
	scopes: readonly string[];
	/** The request, which the links repeat. */
	query: URLSearchParams;
}): SimulatedResponse {
	const { app, user, scopes, query } = content;
	const link = (choice: 'accept' | 'cancel', text: string) => {
		const again = new URLSearchParams(query);
		again.set(CHOICE, choice);
		return `<p><a id="${choice}" href="?${escaped(again.toString())}">${text}</a></p>`;
	};
	const body =
		user === undefined
			? '<p>Nobody is signed in at this browser.</p>'
			: `<p>${escaped(user)}</p><ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>${link('accept', 'Accept')}${link('cancel', 'Cancel')}`;
	return htmlPage(200, `Sign in to ${app}`, body);
}

/** What Entra shows instead of redirecting: an address that nobody registered may not learn anything. */
export function errorPage(status: number, description: string): SimulatedResponse {
	return htmlPage(status, 'Sorry, but we’re having trouble signing you in.', `<p id="error">${escaped(description)}</p>`);
}

function htmlPage(status: number, title: string, body: string): SimulatedResponse {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1>${body}</body></html>`,
	};
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
