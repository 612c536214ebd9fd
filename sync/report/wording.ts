/** For example `1 tenant`, `2 tenants`. */
export function many(count: number, one: string, more: string): string {
	return `${count} ${count === 1 ? one : more}`;
}

/** A person in a table: name and sign-in name, as far as these are known. */
export function who({ displayName, userPrincipalName }: { displayName?: string | null; userPrincipalName?: string | null }, unnamed: string): string {
	if (!displayName) return userPrincipalName ?? unnamed;
	return userPrincipalName ? `${displayName} (${userPrincipalName})` : displayName;
}
