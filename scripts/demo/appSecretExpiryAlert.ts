import { APPLICATIONS, HARBOR_TENANT_ID, PIERVIEW_TENANT_ID } from '../../simulators/world';
import { outputOf } from '../n8n/client';
import type { Workshop } from '../workshop/workshop';
import { noWrites, unless, type DemoCase, type DemoResult } from './demoCase';
import { connectThreeTenants } from './unusedLicencesReport';

const OWNERS = ['ada.brandt@harbordental.example', 'vendor@partner.example', 'zoe.mueller@harbordental.example'];

/** What one execution puts into the node "Message for All". */
interface Message {
	status: string;
	due: number;
	ended: number;
	notRead: Array<{ message: string }>;
	html: string;
}

/** Three apps of which something is due, told once for each threshold, to everybody together and to the owners of each. */
export const appSecretExpiryAlert: DemoCase = {
	template: 'app-secret-expiry-alert',
	show: async (demo) => {
		await demo.workshop.beginAfresh();
		await connectThreeTenants(demo);
		const apps = lifetimes(demo.workshop);
		try {
			apps.end({ entraSync: -3, bookingSite: 20, kioskApp: 5 });
			const all = ['Entra Sync', 'Booking site', 'Kiosk'];
			await demo.execute('preview, as shipped', {}, (result) => [...noWrites(result), ...tells(result, all), ...mails(result, false)]);
			await demo.execute('for good, the owners told as well', { preview: false, tellOwners: true }, (result) => {
				const kiosk = outputOf(result.execution, 'Message to Each Owner').filter(({ text }) => String(text).includes('Kiosk'));
				return [...tells(result, all), ...owners(result, OWNERS), ...unless(kiosk.length === 0, 'Somebody is told of the app without an owner.'), ...mails(result, true)];
			});
			await demo.execute('again, nothing changed', { preview: false, tellOwners: true }, (result) => [...tells(result, []), ...owners(result, [])]);
			apps.end({ entraSync: -3, bookingSite: 6, kioskApp: 5 });
			await demo.execute('two weeks later one has passed the next threshold', { preview: false, tellOwners: true }, (result) => [...tells(result, ['Booking site']), ...owners(result, OWNERS.slice(1))]);
			await demo.execute('told again on demand', { preview: false, tellOwners: false, tellAgain: true }, (result) => [...tells(result, all), ...owners(result, [])]);
			await demo.execute('of one tenant, where all was told', { tenants: HARBOR_TENANT_ID, preview: false, tellAgain: false }, (result) => unless(messageOf(result) === undefined, 'There is a message without anything new.'));
		} finally {
			apps.restore();
		}
	},
};

/** Lets the secrets and certificates of Harbor Dental's apps end so many days from now. */
function lifetimes({ simulators }: Workshop): { end(days: Record<keyof typeof APPLICATIONS, number>): void; restore(): void } {
	const { applications } = simulators.microsoft.world.tenant(HARBOR_TENANT_ID);
	const before = applications.map(({ passwordCredentials, keyCredentials }) => ({ passwordCredentials, keyCredentials }));
	// An hour more: a day begun counts as one that is left.
	const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();
	return {
		end(days) {
			for (const [name, left] of Object.entries(days) as Array<[keyof typeof APPLICATIONS, number]>) {
				const app = applications.find(({ id }) => id === APPLICATIONS[name])!;
				const secret = (number: number, end: number) => ({ keyId: `7e1f0000-2222-4aaa-8bbb-${APPLICATIONS[name].slice(-6)}00000${number}`, displayName: `secret ${number}`, startDateTime: '2025-01-01T00:00:00Z', endDateTime: inDays(end) });
				// The second one is far from due.
				app.passwordCredentials = [secret(1, left), secret(2, 200)];
				app.keyCredentials = [];
			}
		},
		restore() {
			applications.forEach((app, index) => Object.assign(app, before[index]));
		},
	};
}

function messageOf({ execution }: DemoResult): Message | undefined {
	return outputOf(execution, 'Message for All')[0] as unknown as Message | undefined;
}

/** These apps and no others; and always the tenant that cannot be read. */
function tells(result: DemoResult, apps: readonly string[]): string[] {
	const message = messageOf(result);
	if (!message) return ['There is no message.'];
	const { status, due, ended, notRead, html } = message;
	const why = notRead.map(({ message: text }) => text).join(' ');
	return [
		...unless(due === apps.length, `${due} are due, not ${apps.length}.`),
		...unless(ended === (apps.includes('Entra Sync') ? 1 : 0), `${ended} have ended.`),
		...apps.flatMap((app) => unless(html.includes(app), `The message does not tell of ${app}.`)),
		...unless(!apps.includes('Kiosk') || html.includes('an administrator of the tenant'), 'The message does not say who must renew the secret of the app without an owner.'),
		...unless(status === 'partial' && why.includes(PIERVIEW_TENANT_ID), `The message does not say which tenant could not be read: ${why}`),
	];
}

function owners({ execution }: DemoResult, expected: readonly string[]): string[] {
	const told = outputOf(execution, 'Message to Each Owner').map(({ to }) => String(to)).sort();
	return unless(JSON.stringify(told) === JSON.stringify(expected), `The owners told are ${told.join(', ') || 'none'}, not ${expected.join(', ') || 'none'}.`);
}

function mails({ execution }: DemoResult, expected: boolean): string[] {
	return unless(outputOf(execution, 'Unless Preview').length === (expected ? 1 : 0), expected ? 'The message does not go on to Send Email.' : 'A preview would send a message.');
}
