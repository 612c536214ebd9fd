/** The header of a JWT, unchecked. */
export function decodeProtectedHeader(jwt: string): Record<string, unknown> {
	return JSON.parse(Buffer.from(jwt.split('.')[0], 'base64url').toString('utf8')) as Record<string, unknown>;
}
