import { withLinkedRecords } from '../../../sync/match/linkedRecords';
import type { LinkedRecord } from '../../../sync/model/targetDefinition';
import type { SourceRecord } from '../../../sync/model/sourceRecord';

const device = (id: string, more: object = {}): SourceRecord => ({ kind: 'device', tenantId: 't', id, ...more });
const linked: LinkedRecord = { target: 'syncro', property: 'contactId', ownerOf: ({ userId }) => userId as string | null | undefined };
const links = [{ sourceId: 'ada', recordId: '11' }, { sourceId: 'pc', recordId: '99' }];

describe('The record that another target links to the owner of a source record', () => {
	it('is put on the source record, and blank where the owner has none or there is no owner', () => {
		const sources = [device('pc', { userId: 'ada' }), device('mac', { userId: 'bob' }), device('kiosk', { userId: null })];
		expect(withLinkedRecords(sources, linked, links)).toEqual([{ ...sources[0], contactId: '11' }, { ...sources[1], contactId: null }, { ...sources[2], contactId: null }]);
	});

	it('stays absent where it is not known who the owner is', () => {
		expect(withLinkedRecords([device('pc')], linked, links)).toEqual([device('pc')]);
	});

	it('leaves the list as it came', () => {
		const source = device('pc', { userId: 'ada' });
		withLinkedRecords([source], linked, links);
		expect(source).not.toHaveProperty('contactId');
	});
});
