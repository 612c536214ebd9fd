/** Syncro keeps the digits of a phone number and nothing else. */
export function storedPhone(phone: string): string {
	return phone.replace(/\D/g, '');
}
