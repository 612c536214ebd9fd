import fc from 'fast-check';
import { plainText } from '../../../sync/source/graph/read/plainText';
import { secureScoreGaps } from '../../../sync/source/graph/read/secureScoreGaps';
import { secureScores } from '../../../sync/source/graph/read/secureScores';
import { clientOf, failureOf, Service, TENANT } from './service';

const score = (day: string, more: object = {}) => ({
	id: `${TENANT}_${day}`,
	createdDateTime: `${day}T00:00:00Z`,
	currentScore: 412.5,
	maxScore: 688,
	activeUserCount: 96,
	licensedUserCount: 118,
	enabledServices: ['HasExchange'],
	averageComparativeScores: [{ basis: 'AllTenants', averageScore: 291.3 }],
	controlScores: [],
	...more,
});

describe('the Secure Score', () => {
	it('is read for one day with one record, whatever the link to the next one says', async () => {
		const service = new Service(() => ({ body: { value: [score('2026-11-20')], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/security/secureScores?$top=1&$skip=1' } }));
		expect((await secureScores(clientOf(service).client, 1)).map((each) => each.score)).toEqual([
			{ kind: 'secureScore', tenantId: TENANT, createdDateTime: '2026-11-20T00:00:00Z', score: 412.5, maxScore: 688, percent: 60, comparisons: { AllTenants: 291.3 }, activeUsers: 96, licensedUsers: 118, enabledServices: ['HasExchange'] },
		]);
		expect(service.graphRequests).toHaveLength(1);
	});

	it('has as many days as were asked for, newest first, over pages', async () => {
		const days = ['2026-11-18', '2026-11-20', '2026-11-19', '2026-11-17'];
		const service = new Service((_, attempt) => ({ body: { value: days.slice((attempt - 1) * 2, attempt * 2).map((day) => score(day)), '@odata.nextLink': `https://graph.microsoft.com/v1.0/security/secureScores?$skip=${attempt * 2}` } }));
		expect((await secureScores(clientOf(service).client, 3)).map((each) => each.score.createdDateTime!.slice(8, 10))).toEqual(['20', '19', '18']);
	});

	it('is none in a new tenant, and no percent of nothing', async () => {
		const { client } = clientOf(new Service(() => ({ body: { value: [] } })));
		expect(await secureScores(client, 1)).toEqual([]);
		expect(await secureScoreGaps(client)).toBeUndefined();
		const [day] = await secureScores(clientOf(new Service(() => ({ body: { value: [score('2026-11-20', { maxScore: 0, currentScore: 0 })] } }))).client, 1);
		expect(day.score.percent).toBeNull();
	});
});

describe('the gaps of the Secure Score', () => {
	const control = (controlName: string, points: number | null) => ({ controlName, controlCategory: 'Identity', score: points, description: '<p>2 of <b>10</b> people</p>' });
	const profile = (id: string, more: object = {}) => ({ id, title: `Title of ${id}`, controlCategory: 'Identity', service: 'AzureAD', maxScore: 9, deprecated: false, remediation: '<ol><li>Open it</li><li>Turn &quot;it&quot; on</li></ol>', actionUrl: 'https://entra.microsoft.com/', rank: 2, threats: ['Account Breach'], controlStateUpdates: [], ...more });
	const gaps = async (controls: object[], profiles: object[], complete = false) => {
		const service = new Service(({ url }) => ({ body: { value: url.includes('/secureScoreControlProfiles') ? profiles : [score('2026-11-20', { controlScores: controls })] } }));
		return (await secureScoreGaps(clientOf(service).client, complete))!;
	};

	it('are told in plain text, the largest first, without what is fulfilled or deprecated', async () => {
		const found = await gaps(
			[control('Small', 8), control('large', 0.1), control('Done', 9), control('Old', 0), control('Gone', 1)],
			[profile('Small'), profile('Large', { controlStateUpdates: [{ state: 'Ignored', updatedDateTime: '2026-02-01T00:00:00Z' }, { state: 'Default', updatedDateTime: '2025-02-01T00:00:00Z' }] }), profile('Done'), profile('Old', { deprecated: true }), profile('NotScoredHere')],
		);
		expect(found.map(({ controlId, gap }) => [controlId, gap])).toEqual([
			['large', 8.9],
			['Small', 1],
			['Gone', null],
		]);
		expect(found[0]).toMatchObject({ title: 'Title of Large', status: '2 of 10 people', remediation: '- Open it\n- Turn "it" on', decision: 'Ignored', score: 0.1, maxScore: 9 });
		expect(found[2]).toMatchObject({ title: 'Gone', maxScore: null });
	});

	it('may be given with what is fulfilled', async () => {
		expect((await gaps([control('Done', 9), control('Over', 9.0000001)], [profile('Done'), profile('Over')], true)).map(({ gap }) => gap)).toEqual([0, 0]);
	});

	it('are all of them, or an error', async () => {
		const service = new Service(({ url }) => (url.includes('Profiles') ? { status: 403, body: {} } : { body: { value: [score('2026-11-20')] } }));
		expect(await failureOf(secureScoreGaps(clientOf(service).client))).toMatchObject({ class: 'notPermitted', message: expect.stringContaining('SecurityEvents.Read.All') as unknown });
	});
});

describe('a text with HTML as plain text', () => {
	it.each([
		['<p>One<br/>two</p><p>three &amp; four</p>', 'One\ntwo\nthree & four'],
		['<ul>\n <li>a</li>\n <li><a href="https://x.example?a=1&amp;b=2">b</a></li></ul>', '- a\n- b'],
		['a &#39;b&#x27; &nbsp; &unknown; 1 < 2 && 3 > 2', "a 'b' &unknown; 1 < 2 && 3 > 2"],
		['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
		['x<script>alert(1)</script><style>p{}</style>y', 'xy'],
		['<p> </p>', null],
		['', null],
		[null, null],
	])('%j', (html, text) => {
		expect(plainText(html)).toBe(text);
	});

	it('leaves text without tags and entities as it is, but for white space (law)', () => {
		const withoutMarkup = fc.string().filter((text) => !/[<&]/.test(text));
		const trimmed = (text: string) => text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean).join('\n');
		fc.assert(fc.property(withoutMarkup, (text) => expect(plainText(text) ?? '').toBe(trimmed(text))));
	});
});
