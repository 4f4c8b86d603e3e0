import { expect, test } from 'vitest';
import type { Actor, Role } from '$lib/domain/accounts/permissions.ts';
import { currentPlace, homeOf, isForAnybody, sidePlaces, tabPlaces, worksForExchange } from './places.ts';

const somebody = (
	roles: readonly Role[],
	agencyId?: string,
	role: 'officer' | 'lead' = 'officer'
): Actor => ({
	id: '00000000-0000-4000-8000-000000000001',
	name: 'Nguyễn Thị Tư',
	roles,
	posts: agencyId === undefined ? [] : [{ agencyId, role }],
	businessId: null
});
const ids = (places: readonly { id: string }[]) => places.map((place) => place.id);

test('each role finds its own places, the main deed in the middle for a seller', () => {
	expect(ids(tabPlaces(somebody(['buyer', 'seller'])))).toEqual(['today', 'listings', 'new', 'orders', 'me']);
	expect(ids(tabPlaces(somebody(['buyer'])))).toEqual(['market', 'needs', 'orders', 'me']);
	expect(ids(tabPlaces(somebody(['officer'], 'so-nnmt')))).toContain('office');
	expect(ids(tabPlaces(somebody(['officer', 'lead'], 'so-nnmt', 'lead')))).toContain('overview');
	expect(ids(tabPlaces(somebody(['officer'], 'so-nnmt')))).not.toContain('overview');
	expect(ids(tabPlaces(null))).toEqual(['market', 'needs', 'signIn']);
	expect(ids(sidePlaces(somebody(['buyer'])))).not.toContain('office');
});

test('the app opens where each person works', () => {
	expect(homeOf(somebody(['seller']))).toBe('/app/sell');
	expect(homeOf(somebody(['buyer']))).toBe('/app/buy');
	expect(homeOf(somebody(['lead'], 'so-nnmt'))).toBe('/app/office');
	expect(homeOf(somebody(['administrator']))).toBe('/app/office/overview');
	expect(homeOf(null)).toBe('/app/buy');
});

test('TG-3.1: everybody reads the market and the board of needs, and posts only as somebody', () => {
	for (const pathname of ['/app/buy', '/app/buy/0b8c', '/app/needs', '/app/needs/0b8c'])
		expect(isForAnybody(pathname), pathname).toBe(true);
	for (const pathname of ['/app/needs/new', '/app/needs/0b8c/edit', '/app/orders', '/app/needsX'])
		expect(isForAnybody(pathname), pathname).toBe(false);
});

test('an address belongs to the nearest place', () => {
	const places = sidePlaces(somebody(['seller']));
	expect(currentPlace(places, '/app/sell')).toBe('today');
	expect(currentPlace(places, '/app/sell/listings')).toBe('listings');
	expect(currentPlace(places, '/app/sell/0b8c')).toBe('today');
	const desk = sidePlaces(somebody(['officer'], 'so-nnmt'));
	expect(currentPlace(desk, '/app/office/history')).toBe('history');
	expect(currentPlace(desk, '/app/office/0b8c')).toBe('office');
	expect(currentPlace(places, '/app/ordersX')).toBe(null);
});

test('whoever has an office is not spoken to as the producers are', () => {
	for (const roles of [['buyer'], ['buyer', 'seller']] as const)
		expect(worksForExchange(somebody(roles))).toBe(false);
	for (const role of ['administrator', 'board', 'operator', 'supervisor', 'officer'] as const)
		expect(worksForExchange(somebody([role])), role).toBe(true);
});
