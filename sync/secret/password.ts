import { randomInt } from 'node:crypto';

/** Characters that nobody mistakes for another one on paper (no 0 O 1 l I), each class once at least. */
const CLASSES = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#$%*+-=?@_'] as const;
const ALL = CLASSES.join('');

/** Entra takes 8 to 256; twenty of these are about 120 bits. */
const LENGTH = 20;

/** A random password that Entra's password policy takes: https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy */
export function newPassword(): string {
	const characters = CLASSES.map(oneOf);
	while (characters.length < LENGTH) characters.push(oneOf(ALL));
	for (let place = characters.length - 1; place > 0; place--) {
		const other = randomInt(place + 1);
		[characters[place], characters[other]] = [characters[other], characters[place]];
	}
	return characters.join('');
}

function oneOf(characters: string): string {
	return characters[randomInt(characters.length)];
}
