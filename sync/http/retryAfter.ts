/**
 * Seconds to wait according to a Retry-After header: a number of seconds (Microsoft Graph also sends
 * fractions) or an HTTP date (RFC 9110, 10.2.3).
 *
 * @returns seconds, zero or more; undefined when the header is missing or unreadable
 */
export function retryAfterSeconds(header: string | null | undefined, nowMilliseconds: number): number | undefined {
	const text = header?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
	const moment = Date.parse(text);
	return Number.isNaN(moment) ? undefined : Math.max(0, (moment - nowMilliseconds) / 1000);
}
