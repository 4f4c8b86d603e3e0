import { describe, expect, test } from 'vitest';
import { afterDecision, neighbour, queueCounts, queueRows } from './queue.ts';
import { caseOf, coconut, decidedHere, hanh, minh, now, viewOf } from './test-world.ts';

const dueToday = viewOf(caseOf(17));
const overdue = viewOf(
	caseOf(2, { dueAt: '2026-11-20T17:00:00.000Z', lastDay: '2026-11-20', countedDays: ['2026-11-20'] })
);
const later = viewOf(
	caseOf(30, {
		dueAt: '2026-11-26T17:00:00.000Z',
		lastDay: '2026-11-26',
		countedDays: ['2026-11-24', '2026-11-26'],
		assignee: { id: hanh.id, name: hanh.name },
		content: { ...coconut, title: 'Mắm tôm chà Gò Công' },
		seller: { ...caseOf(30).seller, name: 'Cơ sở Út Mười' }
	})
);
const waiting = decidedHere(caseOf(40));
const approved = viewOf(caseOf(41, { state: 'approved' }));
const all = [later, dueToday, overdue, waiting, approved];
const around = { actorId: minh.id, now };

const codes = (filter: Parameters<typeof queueRows>[1], search = '') =>
	queueRows(all, filter, search, around).map((view) => view.case.code);

describe('the queue of a department', () => {
	test('TG-10.2b the case that falls due first stands first', () => {
		expect(codes('agency')).toEqual(['TG-42-02', 'TG-42-17', 'TG-42-30']);
	});
	test.each([
		['mine', ['TG-42-02', 'TG-42-17']],
		['today', ['TG-42-17']],
		['overdue', ['TG-42-02']],
		['waiting', ['TG-42-40']]
	] as const)('filter %s', (filter, expected) => {
		expect(codes(filter)).toEqual(expected);
	});
	test('a case decided on this device leaves the queue at once, a refused decision brings it back', () => {
		const refused = decidedHere(caseOf(40), {
			at: 'refused',
			refusal: { code: 'stale_version' },
			receivedAt: '2026-11-23T14:41:00.000Z'
		});
		expect(queueCounts([waiting], around)).toMatchObject({ mine: 0, agency: 0, waiting: 1 });
		expect(queueCounts([refused], around)).toMatchObject({ mine: 1, agency: 1, waiting: 0 });
	});
	test('counts do not depend on the search', () => {
		expect(queueCounts(all, around)).toEqual({ mine: 2, agency: 3, today: 1, overdue: 1, waiting: 1 });
	});
	test.each([
		['mam tom', ['TG-42-30']],
		['ÚT MƯỜI', ['TG-42-30']],
		['dua ngu hiep', ['TG-42-02', 'TG-42-17']],
		['42-17', ['TG-42-17']],
		['dua mam', []],
		['   ', ['TG-42-02', 'TG-42-17', 'TG-42-30']]
	])('search "%s" is blind to accents and wants every word', (search, expected) => {
		expect(codes('agency', search)).toEqual(expected);
	});
});

describe('moving through the queue', () => {
	const ids = ['a', 'b', 'c'];
	test.each([
		['a', 1, 'b'],
		['c', 1, 'c'],
		['a', -1, 'a'],
		[null, 1, 'a'],
		['gone', -1, 'a']
	] as const)('from %s by %i to %s', (from, step, to) => {
		expect(neighbour(ids, from, step)).toBe(to);
	});
	test('after a decision the next case opens, after the last one the one before', () => {
		expect(afterDecision(ids, 'a')).toBe('b');
		expect(afterDecision(ids, 'c')).toBe('b');
		expect(afterDecision(['a'], 'a')).toBeNull();
		expect(afterDecision(ids, 'elsewhere')).toBe('a');
	});
});
