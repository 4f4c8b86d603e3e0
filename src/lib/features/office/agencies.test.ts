import { expect, test } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { maySeeOverview, officeAgencies } from './agencies.ts';
import { minh, sau } from './test-world.ts';

const tri: Actor = { ...minh, id: 'quan-tri', roles: ['administrator'], posts: [] };

test('TG-3.4 an officer reads the decided cases of the own unit', () => {
	expect(officeAgencies(minh, null, '2026-11-22')).toEqual([{ value: 'so-nnmt', label: 'so-nnmt' }]);
	expect(officeAgencies(null, null, '2026-11-22')).toEqual([]);
});

test('TG-20.3 figures of people are for the lead and the administrator', () => {
	expect([minh, sau, tri, null].map(maySeeOverview)).toEqual([false, true, true, false]);
});
