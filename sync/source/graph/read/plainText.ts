const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A text with the tags of HTML as plain text: paragraphs and list entries on lines of their own; null when nothing is left. */
export function plainText(html: string | null | undefined): string | null {
	if (!html) return null;
	const text = html
		.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
		.replace(/<li\b[^>]*>/gi, '\n- ')
		.replace(/<(br|\/?p|\/?div|\/?ol|\/?ul|\/li|\/?h[1-6]|\/?tr)\b[^>]*>/gi, '\n')
		.replace(/<\/?[a-z][^>]*>/gi, '')
		// In one step, so that "&amp;lt;" becomes "&lt;" and no tag comes into being.
		.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => entity(name) ?? whole)
		.split('\n')
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter(Boolean)
		.join('\n');
	return text === '' ? null : text;
}

function entity(name: string): string | undefined {
	if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
	const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
