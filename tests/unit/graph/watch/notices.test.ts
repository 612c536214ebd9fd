import fc from 'fast-check';
import { clientStateFor, isClientState, markOf } from '../../../../sync/source/graph/watch/clientState';
import { readNotices } from '../../../../sync/source/graph/watch/notices';
import type { EntraApp } from '../../../../sync/source/graph/signIn/entraApp';

const TENANT = '7c3f1f64-0d7d-4b0e-9a57-2f0f5c0a9e11';
const ADA = '0b7c1c3e-54f0-4c0b-8f55-6a2b7d1e9a01';
const SUBSCRIPTION = '7f105c7d-2dc5-4530-97cd-4e7ae6534c07';
const recipient = { clientState: 'only-we-know', tenantId: TENANT, resource: 'users' };

const change = (more: object = {}) => ({
	subscriptionId: SUBSCRIPTION,
	subscriptionExpirationDateTime: '2026-09-27T08:00:00+00:00',
	clientState: 'only-we-know',
	changeType: 'updated',
	resource: `Users/${ADA}`,
	tenantId: TENANT,
	resourceData: { '@odata.type': '#Microsoft.Graph.User', '@odata.id': `Users/${ADA}`, id: ADA },
	...more,
});

describe('notifications that arrive', () => {
	it('are changes, by the id of their object', () => {
		expect(readNotices({ value: [change({ resource: `Users/${ADA.toUpperCase()}` })] }, recipient)).toEqual({ changes: [{ kind: 'change', id: ADA, deleted: false }], lifecycle: [], refused: 0 });
	});

	it('count once per object, and a deletion for good outweighs the rest in any order', () => {
		for (const types of [['updated', 'deleted', 'updated'], ['deleted', 'updated'], ['updated', 'deleted']]) {
			expect(readNotices({ value: types.map((changeType) => change({ changeType })) }, recipient).changes).toEqual([{ kind: 'change', id: ADA, deleted: true }]);
		}
	});

	it.each(['missed', 'subscriptionRemoved', 'reauthorizationRequired'])('may be about the subscription: %s', (lifecycleEvent) => {
		const { resource: _resource, changeType: _changeType, ...addressed } = change();
		expect(readNotices({ value: [{ ...addressed, lifecycleEvent }] }, recipient)).toEqual({ changes: [], lifecycle: [{ kind: 'lifecycle', subscriptionId: SUBSCRIPTION, event: lifecycleEvent }], refused: 0 });
	});

	it.each<[string, object]>([
		['another client state', { clientState: 'only-we-knew' }],
		['no client state', { clientState: undefined }],
		['a client state that is no text', { clientState: ['only-we-know'] }],
		['another tenant', { tenantId: '00000000-0000-4000-8000-000000000001' }],
		['another resource', { resource: `Groups/${ADA}` }],
		['an id that is none', { resource: 'Users/../../me' }],
		['no object', { resource: 'Users' }],
		['a life-cycle event of no subscription', { lifecycleEvent: 'missed', subscriptionId: 'x/../y' }],
	])('do not count with %s, while others beside them do', (_what, more) => {
		expect(readNotices({ value: [change(more), change()] }, recipient)).toMatchObject({ changes: [{ id: ADA }], lifecycle: [], refused: 1 });
	});

	it('may be anything at all, and then say nothing', () => {
		fc.assert(
			fc.property(fc.anything(), fc.array(fc.anything()), (body, value) => {
				expect(readNotices(body, recipient)).toMatchObject({ changes: [], lifecycle: [] });
				expect(readNotices({ value }, recipient)).toEqual({ changes: [], lifecycle: [], refused: value.length });
			}),
		);
	});
});

describe('the client state', () => {
	const app = (secret: string): EntraApp => ({ tenantId: TENANT, clientId: ADA, cloud: 'global', proof: { kind: 'secret', secret } });
	const withKey: EntraApp = { ...app(''), proof: { kind: 'certificate', certificate: 'public', privateKey: 'private' } };

	it('is the same for the same secret and endpoint, and another for any other', () => {
		const states = [clientStateFor(app('a'), 'one'), clientStateFor(app('b'), 'one'), clientStateFor(app('a'), 'two'), clientStateFor(withKey, 'one')];
		expect(new Set(states).size).toBe(4);
		expect(clientStateFor(app(' a\n'), 'one')).toBe(states[0]);
		expect(new Set(states.map(markOf)).size).toBe(4);
	});

	it('fits into a subscription and contains nothing of the secret', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 8 }), fc.string(), (secret, endpoint) => {
				const state = clientStateFor(app(secret), endpoint);
				expect(state).toMatch(/^[\w-]{43}$/);
				expect(isClientState(state, state)).toBe(true);
				expect(isClientState(state.slice(1), state)).toBe(false);
			}),
		);
	});
});
