import { expect, test } from 'vitest';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { differences, taken, type Own } from './differences.ts';

const paper = (type: string, number: string) => ({
	type,
	number,
	issuedBy: '',
	issuedOn: null,
	expiresOn: null,
	scope: '',
	files: []
});
const mine: Own = {
	content: { ...emptyBusiness, name: 'Vườn bà Tư', papers: [paper('ocop', '1'), paper('attp', '7')] },
	person: { ...emptyPerson, representative: 'Tư' }
};
const theirs: Own = {
	content: { ...emptyBusiness, name: 'Vườn cô Tư', papers: [paper('attp', '7'), paper('vietgap', '3')] },
	person: { ...emptyPerson, representative: 'Nguyễn Thị Tư' }
};
const ids = (own: Own, other: Own) => differences(own, other).map(({ id }) => id);

test('sync 4: everything two registrations say differently is named, a paper as one thing', () => {
	expect(ids(mine, theirs)).toEqual(['name', 'representative', 'paper:ocop', 'paper:vietgap']);
	expect(ids(mine, mine)).toEqual([]);
});

test('sync 4: what the exchange keeps otherwise only in its spaces and letters is no difference', () => {
	const typed = { ...mine, content: { ...mine.content, name: ' Vườn bà Tư '.normalize('NFD') } };
	expect(ids(typed, mine)).toEqual([]);
});

test('sync 4: taking all that differs makes the one the other, and one thing alone changes nothing else', () => {
	const all = differences(mine, theirs).reduce((own, one) => taken(own, theirs, one), mine);
	expect(ids(all, theirs)).toEqual([]);
	const [name] = differences(mine, theirs);
	expect(name && taken(mine, theirs, name)).toEqual({
		...mine,
		content: { ...mine.content, name: 'Vườn cô Tư' }
	});
});

test('sync 4: a sealed part that is not to be had is not compared', () => {
	expect(differences(mine, { ...mine, person: null })).toEqual([]);
});
