import { newPassword } from '../../../sync/secret/password';

describe('a new password', () => {
	const passwords = Array.from({ length: 5_000 }, newPassword);

	it('is one that Entra takes, and that can be read aloud', () => {
		for (const password of passwords) {
			expect(password).toMatch(/^[a-zA-Z2-9!#$%*+\-=?@_]{20}$/);
			for (const kind of [/[a-z]/, /[A-Z]/, /[2-9]/, /[^a-zA-Z0-9]/]) expect(password).toMatch(kind);
			expect(password).not.toMatch(/[0O1lI]/);
		}
	});

	it('is never the same, and shows no kind of character in the same place', () => {
		expect(new Set(passwords).size).toBe(passwords.length);
		for (let place = 0; place < 20; place++) {
			const digits = passwords.filter((password) => /\d/.test(password[place])).length;
			// 8 of 66 characters are digits, and one place of twenty is a digit for sure: about 15 %.
			expect(digits / passwords.length).toBeGreaterThan(0.1);
			expect(digits / passwords.length).toBeLessThan(0.21);
		}
	});
});
