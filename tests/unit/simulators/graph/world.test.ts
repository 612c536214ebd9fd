import { generateTenant, generatedWorld, HARBOR_TENANT_ID, smallSyncro, smallTenant, smallWorld } from '../../../../simulators/world';

describe('the sample world', () => {
	it('is generated to the last character from its seed', () => {
		const plain = (seed: number) => JSON.stringify(generateTenant({ seed, users: 300 }));
		expect(plain(5)).toBe(plain(5));
		expect(plain(5)).not.toBe(plain(6));
	});

	it('holds exactly as many accounts as asked for, each with its own id, name and address', () => {
		const { users } = generateTenant({ seed: 11, users: 5000 });
		expect(users).toHaveLength(5000);
		for (const property of ['id', 'userPrincipalName'] as const) expect(new Set(users.map((user) => user[property].toLowerCase())).size).toBe(5000);
		const mails = users.flatMap((user) => (user.mail ? [user.mail.toLowerCase()] : []));
		expect(new Set(mails).size).toBe(mails.length);
		const share = (test: (user: (typeof users)[number]) => boolean) => users.filter(test).length / 50;
		expect(share((user) => user.userType === 'Guest')).toBeGreaterThan(2);
		expect(share((user) => user.accountEnabled === false)).toBeGreaterThan(5);
		expect(share((user) => user.mail === undefined)).toBeGreaterThan(1);
		expect(users.every((user) => user.managerId !== user.id)).toBe(true);
	});

	it('does not build the groups of a generated tenant before somebody asks', () => {
		const [tenant] = generatedWorld({ seed: 2, users: 50 }).tenants;
		expect(tenant.groups[0].members).toHaveLength(50);
		expect(tenant.groups[0].members[0]).toMatchObject({ type: 'user', sequence: 1 });
	});

	it('knows in Entra every device that Intune says is registered there', () => {
		const harbor = smallWorld().tenant(HARBOR_TENANT_ID);
		const known = new Set(harbor.devices.map(({ deviceId }) => deviceId));
		const registered = harbor.services.managedDevices.all.flatMap(({ azureADDeviceId, azureADRegistered }) => (azureADDeviceId && azureADRegistered !== false ? [azureADDeviceId] : []));
		expect(registered.length).toBeGreaterThan(3);
		expect(registered.filter((id) => !known.has(id))).toEqual([]);
	});

	it('pairs Harbor Dental with a customer whose first sync creates nine contacts at most', () => {
		const addresses = new Set(
			smallSyncro()
				.contacts.filter((contact) => contact.customer_id === 101)
				.map((contact) => contact.email?.toLowerCase()),
		);
		const inScope = smallTenant().users.filter((user) => user.accountEnabled && user.userType !== 'Guest');
		const address = (user: (typeof inScope)[number]) => user.mail ?? user.userPrincipalName;
		const unknown = inScope.filter((user) => !addresses.has(address(user).toLowerCase()) && !address(user).endsWith('.onmicrosoft.com'));
		expect(unknown.map((user) => user.displayName).sort()).toEqual(
			["Sean O'Neil", 'John Smith', 'Mary Lopez', 'Lee Chan', 'Waiting Room Kiosk', 'Nina Patel', 'Tom Becker'].sort(),
		);
		expect(unknown.length).toBeLessThanOrEqual(9);
	});
});
